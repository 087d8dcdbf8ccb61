import { paged } from "../lib/content.js";
import { indexRecord, indexes } from "../lib/lists.js";

export default paged(indexes, (i) => `${i.here}index.json`, indexRecord);
