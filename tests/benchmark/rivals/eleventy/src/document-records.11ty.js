import { documents, paged } from "../lib/content.js";
import { documentRecord } from "../lib/lists.js";

export default paged([...documents.values()], (d) => `${d.path}index.json`, documentRecord);
