import { claims, paged } from "../lib/content.js";
import { oembed } from "../lib/data.js";

export default paged(claims, (c) => `documents/${c.id}/oembed.json`, oembed);
