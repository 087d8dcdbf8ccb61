import { claimPage } from "../lib/claim.js";
import { claims, paged } from "../lib/content.js";

export default paged(claims, (c) => `documents/${c.id}/index.html`, claimPage);
