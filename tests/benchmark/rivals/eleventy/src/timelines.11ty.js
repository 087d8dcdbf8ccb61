import { paged } from "../lib/content.js";
import { timelinePage, timelines } from "../lib/lists.js";

export default paged(timelines, (t) => `${t.path}index.html`, timelinePage);
