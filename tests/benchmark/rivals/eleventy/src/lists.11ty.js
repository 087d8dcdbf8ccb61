import { paged } from "../lib/content.js";
import { listPage, lists } from "../lib/lists.js";

export default paged(lists, (l) => `${l.here}index.html`, listPage);
