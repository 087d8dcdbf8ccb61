import { paged } from "../lib/content.js";
import { files } from "../lib/data.js";

export default paged(Object.entries(files), ([path]) => path, ([, made]) => made());
