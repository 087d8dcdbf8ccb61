import { claims, paged } from "../lib/content.js";
import { pretty, record } from "../lib/data.js";

export default paged(claims, (c) => `documents/${c.id}/index.json`, (c) => pretty(record(c)));
