import { paged } from "../lib/content.js";
import { timelineRecord, timelines } from "../lib/lists.js";

export default paged(timelines, (t) => `${t.path}index.json`, timelineRecord);
