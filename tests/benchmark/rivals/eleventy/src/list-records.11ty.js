import { paged } from "../lib/content.js";
import { listRecord, lists } from "../lib/lists.js";

export default paged(lists, (l) => `${l.here}index.json`, listRecord);
