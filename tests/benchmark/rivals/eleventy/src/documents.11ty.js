import { documents, paged } from "../lib/content.js";
import { documentPage } from "../lib/lists.js";

export default paged([...documents.values()], (d) => `${d.path}index.html`, documentPage);
