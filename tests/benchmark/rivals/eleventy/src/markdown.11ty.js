import { claims, paged } from "../lib/content.js";
import { markdown } from "../lib/data.js";

export default paged(claims, (c) => `documents/${c.id}/index.md`, markdown);
