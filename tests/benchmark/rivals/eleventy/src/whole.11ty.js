import { paged } from "../lib/content.js";
import { whole, wholePage } from "../lib/lists.js";

export default paged(whole, (w) => `${w.here}index.html`, wholePage);
