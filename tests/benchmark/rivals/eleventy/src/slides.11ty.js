import { paged } from "../lib/content.js";
import { slides, timelines } from "../lib/lists.js";

export default paged(timelines, (t) => `${t.path}timelinejs.json`, slides);
