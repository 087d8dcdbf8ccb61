import MarkdownIt from "markdown-it";
import { documents, speakers, site, base } from "./content.js";

const markdown = new MarkdownIt();
export const block = (text) => markdown.render(text);
export const inline = (text) => markdown.renderInline(text);
const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
export const e = (text) => String(text).replace(/[&<>"']/g, (mark) => marks[mark]);
const long = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
export function date(day, form = "long") {
  const [year, month, number] = day.split("-");
  if (!month) return year;
  const name = form === "long" ? long[month - 1] : long[month - 1].slice(0, 3);
  return number ? `${Number(number)} ${name} ${year}` : `${name} ${year}`;
}
export const time = (day, form) => `<time datetime="${day}">${date(day, form)}</time>`;
export function last(day) {
  if (day.length === 4) return `${day}-12-31`;
  if (day.length === 10) return day;
  return new Date(Date.UTC(...day.split("-").map(Number), 0)).toISOString().slice(0, 10);
}
export const number = (n) => n.toLocaleString("en");
export const mark = ({ tone, glyph }) => `<svg class="g ${tone}" aria-hidden="true"><use href="#${glyph}"/></svg>`;
export const headline = (c) => `${c.label}: “${c.card.quote}”`;
export const absolute = (c) => `${base}documents/${c.id}/`;
export function voice(c) {
  const document = documents.get(c.document).params.card;
  return c.speaker === document.author ? document.short : `${speakers.get(c.speaker).title} in the ${document.short}`;
}
export const slug = (text) => text.toLowerCase().replace(/\W+/g, "-");
export function row(c, why = c.card.reason) {
  return `<li class="row"><p><span class="verdict">${mark(c)}${c.label}</span></p>
<h3><a href="${c.path}">“${e(c.card.quote)}”</a></h3><p class="why">${e(why)}</p>
<p class="meta">${e(voice(c))}, <bdi class="nb">${date(c.said, "short")}</bdi></p></li>
`;
}
export const rows = (list) => `<ul class="rows">\n${list.map((c) => row(c)).join("")}</ul>\n`;
export function desk(path, title, part = "", heading) {
  const here = path.replace("/bench/", "");
  const body = `Page: ${base}${here}${part}${heading ? `\n${heading}` : ""}\n\nWhat is wrong, and the source that shows it:\n`;
  return e(`${site.repository}/issues/new?${new URLSearchParams({ title: `Error: ${here || title}`, body })}`);
}
export const wrong = (c, part, heading) => `<a class="wrong" href="${desk(c.path, c.title, part, heading)}">Report an error</a>\n`;
export const part = (leaf) => leaf.leaves > 1 ? `<p class="ui mute part">${number(leaf.first)} to ${number(leaf.first + leaf.items.length - 1)} of ${number(leaf.total)}</p>\n` : "";
export function pager(leaf, path) {
  if (leaf.leaves < 2) return "";
  const to = (n) => (n === 1 ? path : `${path}${n}/`);
  const { number: n, leaves } = leaf;
  return `<nav class="pager" aria-label="Pages of this list">${n > 1 ? `
<a href="${to(n - 1)}" rel="prev">Previous page<b>Page ${n - 1} of ${leaves}</b></a>` : ""}${n < leaves ? `
<a href="${to(n + 1)}" rel="next">Next page<b>Page ${n + 1} of ${leaves}</b></a>` : ""}
</nav>
`;
}
