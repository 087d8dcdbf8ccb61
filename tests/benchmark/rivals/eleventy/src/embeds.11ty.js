import { claims, paged } from "../lib/content.js";
import { embed } from "../lib/lists.js";

export default paged(claims, (c) => `documents/${c.id}/embed.html`, embed);
