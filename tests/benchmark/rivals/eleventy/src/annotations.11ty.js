import { documents, paged } from "../lib/content.js";
import { annotations } from "../lib/data.js";

export default paged([...documents.values()], (d) => `${d.path}annotations.json`, annotations);
