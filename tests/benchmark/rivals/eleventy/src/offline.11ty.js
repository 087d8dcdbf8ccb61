import { documents, paged } from "../lib/content.js";
import { offline } from "../lib/lists.js";

export default paged([...documents.values()], (d) => `${d.path}offline.html`, offline);
