import { base, byDocument, byEvent, bySource, bySpeaker, byTopic, byVerdict, claim, claims, documents, leaves, of, pages, predictions, site, speakers, style, verdict, verdicts } from "./content.js";
import { block, date, e, headline, inline, mark, number, pager, part, row, rows, slug, time, voice } from "./words.js";
import { all, header, menu, page, sprite } from "./layout.js";
import { body, lookUp, source } from "./claim.js";
import { listed, pretty, item } from "./data.js";

function groupsOf(items, key) {
  const found = new Map();
  for (const one of items) found.has(key(one)) ? found.get(key(one)).push(one) : found.set(key(one), [one]);
  return [...found.values()];
}
const at = (path, leaf) => (leaf.number === 1 ? path : `${path}${leaf.number}/`);
const some = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
function tally(list) {
  const counts = {};
  for (const c of list) counts[c.verdict] = (counts[c.verdict] ?? 0) + 1;
  return `<ul class="tally ui">
${verdicts.filter((v) => counts[v.id]).map((v) => `<li>${mark({ tone: `v${v.value ?? 0}`, glyph: v.glyph })}${v.of === "opinion" ? `${some(counts[v.id], "opinion")}, not rated` : `${counts[v.id]} ${v.label.toLowerCase()}`}</li>\n`).join("")}</ul>
`;
}
const head = (title, lede, brow) => `<header class="page-head">${brow ? `<p class="eyebrow">${brow}</p>` : ""}<h1>${e(title)}</h1>\n${lede ? `<p class="lede">${lede}</p>\n` : ""}</header>\n`;
const listing = (leaf, path, heading, id = "all") => `<section class="sec" aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>\n${part(leaf)}${rows(leaf.items)}${pager(leaf, path)}</section>\n`;

const plot = { 1: ["False", "did not come true"], 2: ["Mostly false", "hardly came true"], 3: ["Mixed", "came true in part"], 4: ["Mostly true", "largely came true"], 5: ["True", "came true"], 0: ["Unproven", "still open"] };
function bars(title, list) {
  const rated = list.filter((c) => c.card.kind !== "opinion"), steps = [..."123450"].map((step) => [step, rated.filter((c) => c.step === step)]);
  const most = Math.max(...steps.map(([, found]) => found.length)), texts = new Set(list.map((c) => c.document)).size;
  const shapes = (found) => (most <= 24 ? `<p class="stack">${found.map((c) => `<a href="${c.path}" aria-label="${e(c.title)}: ${c.label}">${mark(c)}</a>`).join("")}</p>` : `<p class="poles">${groupsOf(found, (c) => c.glyph).map((alike) => `<span class="pole ${alike[0].tone}" style="--n:${((100 * alike.length) / most).toFixed(1)}">${alike.length}${mark(alike[0])}<i></i></span>`).join("")}</p>`);
  return `<section class="sec" aria-labelledby="dist"><h2 id="dist">${rated.length} rated claims</h2>
<p>${most > 24 ? "Each bar is as high as the number of its claims." : "Each mark is one claim, and a link to it."} The claims come from ${texts} texts and are no random sample of what ${e(title)} says. So there are counts and no percentages.</p>
<ol class="plot">
${steps.map(([step, found]) => `<li>${found.length ? shapes(found) : ""}<p class="lab"><b>${found.length}</b>${plot[step][0]}<span class="wide"> or ${plot[step][1]}</span></p></li>\n`).join("")}</ol>
</section>
`;
}
const kinds = {
  topic: { list: (one) => byTopic.get(one.params.id) ?? [], description: (one) => one.params.line, feeds: true,
    main: (one, list, leaf, path) => `${head(one.title, e(one.params.line), "Topic")}${tally(list)}${listing(leaf, path, `${list.length} claims`)}` },
  verdict: { list: (one) => [...(byVerdict.get(one.params.id) ?? [])].reverse(), description: (one) => one.params.meaning,
    main: (one, list, leaf, path) => `${head(one.title, e(one.params.meaning), `<b>Verdict</b> · <a href="/bench/scale/">${{ statement: "Statements of fact", prediction: "Predictions", opinion: "Opinions" }[one.params.of]}</a>`)}${listing(leaf, path, `${list.length} claims`)}` },
  speaker: { list: (one) => bySpeaker.get(one.params.id) ?? [], description: (one) => `What ${one.title} said, and how it was rated. ${one.params.card.role}.`, feeds: true,
    main: (one, list, leaf, path) => `${head(one.title, "", `<b>Speaker</b> · ${e(one.params.card.role)}`)}${leaf.number === 1 ? bars(one.title, list) : ""}${part(leaf)}<section class="sec" aria-labelledby="all"><h2 id="all">The claims</h2>\n${rows(leaf.items)}</section>\n${pager(leaf, path)}` },
  event: { list: (one) => byEvent.get(one.path.split("/")[1]) ?? [], description: (one) => one.params.card.text, main: event },
};
// Every leaf of every list of claims that a topic, verdict, speaker or event has.
export const lists = Object.entries(kinds).flatMap(([kind, { list }]) => of(kind).flatMap((one) => {
  const found = list(one);
  return leaves(found).map((leaf) => ({ kind, one, list: found, leaf, path: one.path, here: at(one.path, leaf) }));
}));
export function listPage({ kind, one, list, leaf, path, here }) {
  const { main, description, feeds } = kinds[kind];
  return page({ path: `/bench/${here}`, title: one.title, description: description(one), kind, feeds, file: one.params.file }, `<div class="wrap">\n${main(one, list, leaf, `/bench/${path}`)}</div>`);
}
export const listRecord = ({ kind, one, list, leaf, here }) => listed(kind, here, one.title, leaf.items, list.length);
const events = of("event");
function event(one, list, leaf, path) {
  const { card } = one.params, among = events.filter((other) => other.params.line === one.params.line), place = among.indexOf(one);
  const way = (other, rel, word) => (other ? `<a rel="${rel}" href="/bench/${other.path}"><b>${word}</b>${date(other.params.card.date, "short")}. ${e(other.title)}</a>\n` : "");
  return `${head(one.title, "", `<a href="/bench/timelines/${one.params.line}/">${e(one.params.name)}</a> · ${time(card.date)}`)}<div class="cols">
<div class="prose one">
${block(card.text)}<p class="ui mute">It settled ${list.length} claims, below.</p>
</div>
<section class="sources stay" aria-labelledby="src"><h2 id="src">Sources</h2>
<ol>
${card.sources.map((s) => `<li>${source(s)}\n<p class="how">${lookUp(s)}</p></li>\n`).join("")}</ol></section>
</div>
${listing(leaf, path, "What it settled", "settled")}<nav class="pager" aria-label="Events before and after">
${way(among[place - 1], "prev", "Before it")}${way(among[place + 1], "next", "After it")}</nav>
`;
}
export const publishers = of("publisher").flatMap((one) => {
  const uses = new Map();
  for (const c of bySource.get(one.path.split("/")[1]) ?? []) for (const use of c.card.sources.filter((s) => s.publisher === one.title)) uses.has(use.url) ? uses.get(use.url).push({ c, use }) : uses.set(use.url, [{ c, use }]);
  return leaves([...uses.values()].flat()).map((leaf) => ({ one, leaf, here: at(one.path, leaf), groups: groupsOf(leaf.items, ({ use }) => use.url) }));
});
const sides = { supports: "Supports the claim.", refutes: "Against the claim.", context: "Context." };
export function publisherPage({ one, leaf, groups, here }) {
  const main = groups.map((uses, n) => {
    const s = uses[0].use, seen = one.params.events.filter((event) => event.url === s.url);
    return `<section class="sec" aria-labelledby="src-${n + 1}"><h2 id="src-${n + 1}">${e(s.title)}</h2>
<ol class="log where">
<li><span>Dated</span><span>${time(s.date)}</span></li>
<li><span>Kind</span><span>${s.kind[0].toUpperCase()}${s.kind.slice(1)}</span></li>
<li><span>Address</span><a href="${e(s.url)}" rel="external" dir="ltr">${e(s.url)}</a></li>
<li><span>Archive</span>${lookUp(s)}</li>
<li><span>Read</span><span>Not said</span></li>
</ol>
<ul class="rows">
${uses.map(({ c, use }) => row(c, `${sides[use.stance]} ${use.note}`)).join("")}</ul>
${seen.length ? `<p class="ui mute">In the timeline: ${seen.map((event) => `<a href="/bench/events/${event.id}/">${e(event.title)}</a>`).join(", ")}</p>\n` : ""}</section>
`;
  }).join("");
  const description = `What is cited of ${one.title}, for which claims.`;
  return page({ path: `/bench/${here}`, title: one.title, description, kind: "publisher" }, `<div class="wrap">
${head(one.title, "What is cited from this publisher, and for which claims.", "Source")}${part(leaf)}${main}${pager(leaf, `/bench/${one.path}`)}</div>`);
}
export const publisherRecord = ({ one, leaf, groups, here }) => pretty({ $schema: `${base}api/schema/publisher.json`, type: "publisher", url: `${base}${here}`, title: one.title, language: "en", licence: site.licence.url, total: leaf.total,
  sources: groups.map((uses) => ({ source: uses[0].use, claims: uses.map(({ c }) => item(c)) })) });

const ordered = [...documents.values()];
const strip = (d, list) => d.params.rows.map((p) => [p, p.claims.map((anchor) => list.find((c) => c.anchor === anchor))]);
export function documentPage(d) {
  const { card, id } = d.params, list = byDocument.get(id), paragraphs = strip(d, list), place = ordered.indexOf(d);
  const text = (p) => p.passages.map(({ gap, pieces }, n) => `${gap ? `${n ? " " : ""}<span class="gap">[…]</span> ` : n ? " " : ""}${pieces.map((piece) => `${piece.claim ? `<mark class="${piece.tone}">${e(piece.text)}</mark>` : e(piece.text)}${piece.ends.map((end, m) => `<sup><a href="#${end}" aria-label="Verdict on claim ${piece.numbers[m]}">${piece.numbers[m]}</a></sup>`).join("")}`).join("")}`).join("") + (p.open_end ? ' <span class="gap">[…]</span>' : "");
  const way = (other, rel, word) => (other ? `<a href="/bench/${other.path}" rel="${rel}">${word}: ${date(other.params.card.date)}<b>${e(other.title)}</b></a>\n` : "");
  const description = `${card.form}, ${card.publisher}, ${date(card.date)}. ${card.summary}`;
  return page({ path: `/bench/${d.path}`, title: d.title, description, kind: "document", feeds: true, file: d.params.file }, `<article class="wrap">
<header class="page-head"><p class="eyebrow"><b>${card.form}</b> · ${card.publisher} · <bdi>${date(card.date)}</bdi></p>
<h1>${e(d.title)}</h1>
<p class="lede">${inline(card.summary)}</p>
${tally(list)}</header>
<div class="readgrid">
<nav class="map" aria-label="Paragraphs">
${paragraphs.map(([p, found]) => `<a href="#par-${p.first}" style="--n:${p.length}" aria-label="Paragraph ${p.first}, ${some(found.length, "claim")}"><span class="pile">${found.map(mark).join("")}</span></a>\n`).join("")}</nav>
<div class="read">
${paragraphs.map(([p, found]) => `<div class="para" id="par-${p.first}"><p class="idx ui">${p.first}</p><p>${text(p)}</p>
<div class="notes">
${found.map((c) => `<div class="note" id="${c.anchor}">${mark(c)}<b>${c.label}</b><p>${e(c.card.reason)} <a href="${c.path}" aria-label="Claim ${c.number} in full">Claim ${c.number}</a></p></div>\n`).join("")}</div></div>
`).join("")}</div>
</div>
<section class="sec prose" aria-labelledby="about"><h2 id="about">About this text</h2>
<p id="date"><b>Date:</b> ${date(card.date)}. </p>
<p><b>Where it stands:</b> <a href="${card.url}" rel="external">${card.publisher}’s text</a>. ${card.rights}</p>
<p><b>The text judged</b> has the SHA-256 digest <code>${card.text.sha256}</code>. Each quote on this page was found in it exactly once, letter by letter. <a href="annotations.json">Where each one stands, as data</a>.</p>
</section>
<nav class="pager" aria-label="Documents">
${way(ordered[place - 1], "prev", "Previous")}${way(ordered[place + 1], "next", "Next")}</nav>
</article>`);
}
export const documentRecord = (d) => pretty({ $schema: `${base}api/schema/document.json`, type: "document", url: `${base}${d.path}`, title: d.title, language: "en", licence: site.licence.url, id: d.params.id, author: d.params.card.author, claims: byDocument.get(d.params.id).map(item), card: d.params.card });
export function offline(d) {
  const list = byDocument.get(d.params.id);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${e(d.title)}</title>
<style>${style("offline").css}</style>
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${all}
${header}
<main id="main">
<ol class="rows">
${[...list].reverse().map((c) => row(c)).join("")}</ol>
${list.map((c) => `<section class="part" id="${c.anchor}" headingoffset="1" aria-label="${e(c.title)}">\n${body(c)}</section>\n`).join("")}</main>
${menu}
</body>
</html>
`;
}
const judged = { "well-founded": "Well founded when it was made", arguable: "Arguable when it was made", unfounded: "Unfounded when it was made" };
export function embed(c) {
  const look = style("embed"), v = verdict.get(c.verdict), { card } = c;
  const below = judged[card.then?.judgement] ?? card.uncheckable ?? (v.value ? "" : v.meaning);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src-elem '${look.digest}'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'">
<title>${e(headline(c))} — ${e(site.title)}</title>
<meta name="robots" content="noindex">
<link rel="icon" href="/bench/assets/${site.assets.icon}" type="image/svg+xml">
<style>${look.css}</style>
</head>
<body>
${sprite([c.glyph])}
<main class="${c.tone}">
<p class="word">${mark(c)}${c.label}</p>
${below ? `<p class="ui">${e(below)}</p>\n` : ""}<h1>“${e(card.quote)}”</h1>
<p class="ui">${e(voice(c))}, <bdi class="nb">${date(c.said, "short")}</bdi></p>
<p>${e(card.summary)}</p>
<p class="foot"><a href="${c.path}" target="_top">Read the full check${card.sources?.length ? `, ${card.sources.length} sources` : ""}</a><a class="brand" href="/bench/" target="_top"><svg aria-hidden="true"><use href="#logo"/></svg>${e(site.title)}</a></p>
</main>
</body>
</html>
`;
}
export const timelines = of("timeline");
const data = (c) => `data-v="${c.step}" data-s="${c.speaker}" data-d="${c.document}"`;
const found = (ids) => ids.map((id) => claim.get(id));
const steps = [["5", "f5", "True, came true"], ["4", "f4", "Mostly true, largely"], ["3", "f3", "Mixed, in part"], ["2", "f2", "Mostly false, hardly"], ["1", "f1", "False, did not"], ["0", "f0", "Unproven, open"], ["o", "o", "Opinion"]];
export function timelinePage(t) {
  const p = t.params, root = `/bench/timelines/${p.id}/`;
  const radios = (name, any, options) => `<label class="chip"><input type="radio" name="${name}" id="${name}-all" value="all" checked><span>${any}</span></label>${options.map((o) => `<label class="chip"><input type="radio" name="${name}" id="${name}-${o.id}" value="${o.id}"><span>${e(o.name)}</span></label>`).join("")}`;
  const pile = (list, way) => `<span class="pile ${way}" aria-hidden="true">${list.map((c) => `<svg class="g ${c.tone}" ${data(c)}><use href="#${c.glyph}"/></svg>`).join("")}</span>`;
  const among = (month, settled) => month.entries.filter((one) => !!one.event === settled).flatMap((one) => found(one.claims));
  const happening = ({ event, claims: ids }) => `<li class="ev" id="${event.id}"><h3>${time(event.date, "short")}. <a href="/bench/events/${event.id}/">${e(event.title)}</a></h3>
${ids.length ? `<p class="settles">Settles ${found(ids).map((c) => `<a href="${c.path}" ${data(c)}>${mark(c)}<span class="sr">${c.label}: </span>“${e(c.card.quote)}”</a>`).join("")}</p>\n` : ""}</li>
`;
  const saying = ({ document, claims: ids }) => `<li class="grp" data-d="${document}"><h3>${date(claim.get(ids[0]).said, "short")}. <a href="/bench/documents/${document}/">${documents.get(document).params.card.short}</a></h3><p>${ids.length} claims</p></li>
${found(ids).map((c) => `<li class="c" ${data(c)}>${mark(c)}<div><h3><a href="${c.path}">“${e(c.card.quote)}”</a></h3><p class="meta ui">${e(speakers.get(c.speaker).title)}</p></div><p class="meta ui out"><b>${c.label}</b> ${c.event ? e(c.event.title) : ""}</p></li>\n`).join("")}`;
  const leaf = { number: p.number, leaves: p.leaves };
  return page({ path: `/bench/${t.path}`, title: p.number > 1 ? `${t.title}, page ${p.number}` : t.title, description: p.summary, kind: "timeline", file: p.file }, `<div class="wrap">
${head(t.title, inline(p.summary))}<p class="ui mute legend-line">Round marks and diamonds are things said. Squares are things that happened. Each event lists the claims it settled, and leads to its sources.</p>
<form class="tlform" autocomplete="off">
<div class="filters ui">
<fieldset><legend>Document</legend><div class="chips">${radios("d", "All", p.documents)}</div></fieldset>
<fieldset><legend>Speaker</legend><div class="chips">${radios("s", "Anyone", p.speakers)}</div></fieldset>
<fieldset><legend>Verdict</legend><div class="chips">${steps.map(([value, glyph, label]) => `<label class="chip"><input type="checkbox" name="v" id="v-${value}" value="${value}" checked><span>${mark({ tone: `v${value.replace("o", "0")}`, glyph })}${label}</span></label>`).join("")}</div></fieldset>
<p class="end"><button class="btn" type="reset">Show everything</button><span class="mute" id="count" role="status" data-all="${p.total} claims" data-some="{n} of ${p.total} claims"></span></p>
</div>
<nav class="band" aria-label="Jump to a month"><div class="side" aria-hidden="true"><span>Said</span><span>Happened</span><span>Settled</span></div><ol style="grid-template-columns:${p.months.map((month) => `minmax(3.25rem,${month.weight}fr) `).join("")}">
${p.months.map((month) => `<li><a href="#${month.id}">${pile(among(month, false), "up")}<span class="ev" aria-hidden="true">${month.entries.filter((one) => one.event).map(() => "<i></i>").join("")}</span>${pile(among(month, true), "dn")}<span>${month.short}</span></a></li>\n`).join("")}</ol></nav>
<div class="empty" hidden><h2>No claim matches all the filters</h2><p>Each filter hides more. “Show everything” brings all claims back.</p></div>
<div class="tl">
${p.months.map((month) => `<section id="${month.id}"><h2>${month.title}</h2><ol>\n${month.entries.map((one) => (one.event ? happening(one) : saying(one))).join("")}</ol></section>\n`).join("")}</div>
<p class="ui mute endnote">End of the list. Nothing more matches.</p>
</form>
${pager(leaf, root)}</div>`);
}
export const timelineRecord = (t) => listed("timeline", t.path, t.title, found([...new Set(t.params.months.flatMap((month) => month.entries.flatMap((one) => one.claims)))]), t.params.total);
export const slides = (t) => pretty({ title: { unique_id: t.params.id, text: { headline: t.title, text: t.params.summary } },
  events: t.params.months.flatMap((month) => month.entries.flatMap((one) => (one.event ? [{ unique_id: one.event.id, display_date: date(one.event.date), text: { headline: one.event.title, text: `<p>${e(one.event.title)}</p>` }, group: t.title, autolink: false }]
    : found(one.claims).map((c) => ({ unique_id: c.id, display_date: date(c.said), text: { headline: c.title, text: `<p>“${e(c.card.quote)}”</p><p>${e(c.card.summary)}</p>` }, group: c.document, autolink: false }))))) });

// Lists of one kind: all claims, predictions, corrections; and of documents, speakers, topics, publishers.
const plain = (path, title, list, lede = "") => leaves(list).map((leaf) => ({ path, title, leaf, here: at(path, leaf), lede }));
export const whole = [...plain("claims/", "All claims", [...claims].reverse(), "Every claim that is checked here, the newest first."), ...plain("predictions/", "Predictions", predictions), ...plain("corrections/", "Corrections", claims.filter((c) => c.card.corrections?.length))];
export const wholePage = ({ path, title, leaf, here, lede }) => page({ path: `/bench/${here}`, title, kind: path.slice(0, -1) }, `<div class="wrap">\n${head(title, lede)}${listing(leaf, `/bench/${path}`, `${number(leaf.total)} claims`)}</div>`);
export const wholeRecord = ({ path, title, leaf, here }) => listed(path.slice(0, -1), here, title, leaf.items, leaf.total);
const indexed = (path, title, kind, list) => leaves(of(kind), kind === "document" ? 24 : 100).map((leaf) => ({ path, title, leaf, here: at(path, leaf), list }));
export const indexes = [...indexed("documents/", "Documents", "document", (one) => byDocument.get(one.params.id)), ...indexed("speakers/", "Speakers", "speaker", kinds.speaker.list), ...indexed("topics/", "Topics", "topic", kinds.topic.list), ...indexed("sources/", "Sources", "publisher", () => []), ...indexed("timelines/", "Timelines", "timeline", () => []), ...indexed("verdicts/", "Verdicts", "verdict", kinds.verdict.list)];
export function indexPage({ path, title, leaf, here, list }) {
  const items = leaf.items.map((one) => {
    const own = list(one) ?? [];
    if (one.layout !== "document") return `<li class="row"><h3><a href="/bench/${one.path}">${e(one.title)}</a></h3><p class="meta">${own.length} claims</p><p class="marks">${own.slice(0, 60).map(mark).join("")}</p></li>\n`;
    const d = one.params.card;
    return `<article class="doc"><p class="eyebrow">${d.publisher}, ${d.form.toLowerCase()}, <bdi class="nb">${date(d.date)}</bdi></p>
<h3 class="doc-title"><a href="/bench/${one.path}">${e(one.title)}</a></h3>
<ol class="strip" aria-hidden="true">
${strip(one, own).map(([p, among]) => `<li style="--n:${p.length}"><span class="pile">${among.map(mark).join("")}</span></li>\n`).join("")}</ol>
${tally(own)}</article>
`;
  });
  return page({ path: `/bench/${here}`, title, kind: path.slice(0, -1) }, `<div class="wrap">\n${head(title)}${part(leaf)}${items.join("")}${pager(leaf, `/bench/${path}`)}</div>`);
}
export const indexRecord = ({ path, title, leaf, here }) => pretty({ type: path.slice(0, -1), url: `${base}${here}`, title, total: leaf.total, items: leaf.items.map((one) => ({ name: one.title, url: `${base}${one.path}` })) });
export const articles = pages.filter((one) => one.layout === "article");
export const articlePage = (one) => page({ path: `/bench/${one.path}`, title: one.title, description: one.description, kind: "article" }, `<div class="wrap prose">\n${head(one.title)}${block(one.text)}</div>`);
export const home = () => page({ path: "/bench/", title: "", description: site.description, kind: "home", feeds: true }, `<div class="wrap">\n${head(site.title)}${rows([...claims].sort((a, b) => (a.changed < b.changed ? 1 : -1)).slice(0, 5))}</div>`);
// What has feeds: documents, speakers, topics.
export const feeds = [...of("document").map((one) => ({ ...one, list: byDocument.get(one.params.id) })), ...of("speaker").map((one) => ({ ...one, list: kinds.speaker.list(one) })), ...of("topic").map((one) => ({ ...one, list: kinds.topic.list(one) }))];
