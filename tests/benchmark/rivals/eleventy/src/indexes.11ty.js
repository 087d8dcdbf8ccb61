import { paged } from "../lib/content.js";
import { indexPage, indexes } from "../lib/lists.js";

export default paged(indexes, (i) => `${i.here}index.html`, indexPage);
