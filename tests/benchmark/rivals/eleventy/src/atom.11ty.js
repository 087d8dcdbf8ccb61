import { paged } from "../lib/content.js";
import { atom } from "../lib/data.js";
import { feeds } from "../lib/lists.js";

export default paged(feeds, (f) => `${f.path}feed.xml`, (f) => atom(f.title, f.path, f.list));
