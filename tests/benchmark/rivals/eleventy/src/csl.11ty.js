import { claims, paged } from "../lib/content.js";
import { csl } from "../lib/data.js";

export default paged(claims, (c) => `documents/${c.id}/cite.json`, csl);
