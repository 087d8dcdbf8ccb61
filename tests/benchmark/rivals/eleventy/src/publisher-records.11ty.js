import { paged } from "../lib/content.js";
import { publisherRecord, publishers } from "../lib/lists.js";

export default paged(publishers, (p) => `${p.here}index.json`, publisherRecord);
