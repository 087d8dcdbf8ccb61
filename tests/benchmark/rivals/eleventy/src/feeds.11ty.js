import { paged } from "../lib/content.js";
import { jsonFeed } from "../lib/data.js";
import { feeds } from "../lib/lists.js";

export default paged(feeds, (f) => `${f.path}feed.json`, (f) => jsonFeed(f.title, f.path, f.list));
