import { paged } from "../lib/content.js";
import { publisherPage, publishers } from "../lib/lists.js";

export default paged(publishers, (p) => `${p.here}index.html`, publisherPage);
