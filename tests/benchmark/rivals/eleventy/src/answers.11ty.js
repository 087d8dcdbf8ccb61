import { claims, paged } from "../lib/content.js";
import { answer } from "../lib/data.js";

export default paged(claims.filter((c) => c.card.kind !== "opinion"), (c) => `api/factchecktools/pages/${c.id}.json`, answer);
