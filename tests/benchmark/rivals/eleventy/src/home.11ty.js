import { single } from "../lib/content.js";
import { home } from "../lib/lists.js";

export default single("index.html", home);
