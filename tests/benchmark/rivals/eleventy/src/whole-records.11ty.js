import { paged } from "../lib/content.js";
import { whole, wholeRecord } from "../lib/lists.js";

export default paged(whole, (w) => `${w.here}index.json`, wholeRecord);
