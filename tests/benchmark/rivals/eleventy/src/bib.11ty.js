import { claims, paged } from "../lib/content.js";
import { bib } from "../lib/data.js";

export default paged(claims, (c) => `documents/${c.id}/cite.bib`, bib);
