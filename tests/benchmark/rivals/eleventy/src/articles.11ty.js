import { paged } from "../lib/content.js";
import { articlePage, articles } from "../lib/lists.js";

export default paged(articles, (a) => `${a.path}index.html`, articlePage);
