import { base, byDocument, claim, documents, site, speakers, topics, verdict, verdicts } from "./content.js";
import { absolute, block, date, desk, e, headline, inline, last, mark, number, row, slug, time, voice, wrong } from "./words.js";
import { review } from "./data.js";
import { page } from "./layout.js";

const judged = { "well-founded": "Well founded when it was made", arguable: "Arguable when it was made", unfounded: "Unfounded when it was made" };
const then = { "well-founded": "Then: well founded", arguable: "Then: arguable", unfounded: "Then: unfounded" };
const stance = { supports: ["st-for", "Supports"], refutes: ["st-con", "Against"], context: ["st-ctx", "Context"] };
export const keys = (fact) => fact.sources.map((key) => `[^${key}]`).join("");

function cite(html, c, cited) {
  (c.card.sources ?? []).forEach((source, at) => {
    html = html.replaceAll(`[^${source.key}]`, () => {
      const letter = "abcdefghijklmnopqrstuvwxyz"[(cited[source.key] ??= []).length];
      cited[source.key].push(letter);
      return `<a aria-label="Source ${at + 1}" class="cite" href="#s${at + 1}" id="r${at + 1}${letter}" role="doc-noteref">${at + 1}</a>`;
    });
  });
  return html;
}
export function height(c) {
  const value = verdict.get(c.verdict), below = c.card.then?.judgement ?? c.card.uncheckable ?? (value.value ? "" : value.meaning);
  const parts = [[`“${c.card.quote}”`, 46, 28], [c.card.summary, 62, 25], [below, 76, 19]];
  return parts.reduce((sum, [text, wide, high]) => sum + high * Math.ceil(text.length / wide), 174);
}
export const frame = (c) => `<iframe src="${absolute(c)}embed/" width="560" height="${height(c)}" title="${e(headline(c))}" style="max-width:100%;border:0" loading="lazy"></iframe>`;
export const source = (s) => `<a class="pub" href="/bench/sources/${slug(s.publisher)}/">${e(s.publisher)}</a>. <a href="${e(s.url)}" rel="external" data-originalurl="${e(s.url)}" data-versiondate="${last(s.date)}">${e(s.title)}</a>, <bdi class="nb">${date(s.date, "short")}</bdi>${s.note ? `<p class="about">${inline(s.note)}</p>` : ""}`;
export const lookUp = (s) => `<a href="https://web.archive.org/web/${last(s.date).replaceAll("-", "")}/${e(s.url)}" rel="external">Look up in the Wayback Machine</a>`;

function facts(id, title, line, entries) {
  const items = entries.map(([day, text]) => `<li>${time(day, "short")}${text}</li>\n`).join("");
  return `<section aria-labelledby="${id}"><h3 id="${id}">${title} <span>${line}</span></h3>
${items ? `<ul>\n${items}</ul>` : '<p class="ui mute nothing">Nothing on record that bears on it.</p>'}
</section>
`;
}
function scale(c, v) {
  const steps = verdicts.filter((one) => one.of === v.of && one.value).reverse();
  return `<ol class="scale${v.of === "prediction" ? " p" : ""}" aria-label="Position on the scale: ${v.label}, step ${v.value} of ${steps.length}, from ${steps[0].short} to ${steps.at(-1).short}">${steps.map((one) => `<li${one.id === v.id ? ` class="on ${c.tone}" aria-current="true"` : ""}>${one.id === v.id ? mark(c) : ""}${one.short}</li>`).join("")}</ol>\n`;
}
function span(c) {
  const [said, settled, turn] = [c.said, c.event.date, site.turning_point.date].map((day) => Date.parse(day));
  const hit = said < turn && turn < settled ? Math.round((100 * (turn - said)) / (settled - said)) : null;
  return `<div class="span">
${hit === null ? "" : `<p class="mid" style="--x:${Math.min(hit, 62)}%"><b>${date(site.turning_point.date, "short")}</b> ${site.turning_point.label}</p>\n`}<div class="bar" aria-hidden="true"><i style="--x:0%"></i>${hit === null ? "" : `<i class="hit" style="--x:${hit}%"></i>`}<i style="--x:100%"></i></div>
<p class="ends"><span><b>Said</b> ${date(c.said, "short")}</span><span><b>Settled</b> ${date(c.event.date, "short")}, ${Math.round((settled - said) / 864e5)} days later</span></p>
<p class="sr">Settled by: ${e(c.event.title)}</p></div>
`;
}
function ruling(c) {
  const v = verdict.get(c.verdict), big = `<p class="big">${mark(c)}<a href="/bench/verdicts/${v.id}/">${v.label}</a></p>`;
  const opinion = c.card.kind === "opinion", judgement = c.card.then?.judgement;
  return `<section class="ruling ${c.tone}" aria-labelledby="ruling"><h2 class="sr" id="ruling">Verdict</h2>
${opinion ? `${big}<p class="sub">${e(c.card.uncheckable)}</p>\n` : `<div>${big}
${judgement ? `<p class="sub">${judged[judgement]}</p>\n` : ""}</div>
${v.value ? scale(c, v) : `<p class="sub">${v.meaning}</p>\n`}${c.event ? span(c) : ""}`}</section>
`;
}
function setting(c) {
  const text = c.setting.passages.map(({ gap, pieces }, at) => `${gap ? `${at ? " " : ""}[…] ` : at ? " " : ""}${pieces.map((piece) => (piece.claim === c.id ? `<mark>${e(piece.text)}</mark>` : e(piece.text))).join("")}`).join("");
  return `<blockquote class="ctx ${c.tone}"><p>${text}${c.setting.open_end ? " […]" : ""}</p></blockquote>\n`;
}
const kept = new Map();
export function body(c) {
  let made = kept.get(c.id);
  if (!made) kept.set(c.id, (made = article(c)));
  return made;
}
function article(c) {
  const { card } = c, cited = {}, document = documents.get(c.document), here = `/bench/documents/${c.document}/#${c.anchor}`;
  const told = (list) => (list ?? []).map((fact) => [fact.date, cite(inline(fact.text + keys(fact)), c, cited)]);
  const before = told(card.then?.facts), since = told(card.since);
  const why = cite(card.kind === "opinion" ? `<p>${inline(card.uncheckable)}</p>` : block(c.reasoning), c, cited);
  return `<article class="wrap">
<header class="claim-head">
<p class="eyebrow"><b>${c.kind}</b> · Claim ${c.number} of the <a href="/bench/documents/${c.document}/">${document.params.card.short}</a></p>
<h1 class="quote">“${e(card.quote)}”</h1>
<dl class="who ui">
<div><dt>Said by</dt><dd><a href="/bench/speakers/${c.speaker}/">${e(speakers.get(c.speaker).title)}</a></dd></div>
<div><dt>On</dt><dd>${time(c.said)}</dd></div>
<div><dt>In</dt><dd><a href="${here}">Paragraph ${c.paragraph}</a></dd></div>
<div><dt>Checked</dt><dd>${time(card.checked)}, <a href="#checked">${card.reviewed_by ? "read twice" : "read once"}</a></dd></div>
</dl>
${ruling(c)}</header>
<div class="cols">
<div class="prose one">
<section aria-labelledby="short"><h2 class="label" id="short">In short</h2><p class="short">${e(card.summary)}</p></section>
${card.kind === "opinion" ? "" : `<section aria-labelledby="judged"><h2 class="label" id="judged">What is judged</h2><p class="judged">${e(card.claim)}</p>
${card.prediction ? `<p class="judged"><b>It came true if:</b> ${e(card.prediction.criterion)}${card.prediction.resolved ? ` Resolved on ${date(card.prediction.resolved)}.` : ""}</p>\n` : ""}${card.correct ? `<p class="judged"><b>What would have been right:</b> ${e(card.correct)}</p>\n` : ""}</section>
`}${wrong(c, "#short", "In short")}${c.setting ? `<h2 id="context">In context</h2>
${setting(c)}<p class="ui"><a href="${here}">Read it in the document</a>${wrong(c, "#context", "In context")}</p>
` : ""}${before.length || since.length ? `<h2 id="then">What was known then, what happened since</h2>
<div class="then">
${facts("t1", then[card.then?.judgement] ?? "Then", `On record by ${date(c.said)}`, before)}
${facts("t2", card.kind === "prediction" ? `Since: ${c.label.toLowerCase()}` : "Since", `To ${date(card.checked)}`, since)}
</div>
${wrong(c, "#then", "Then and since")}` : ""}<h2 id="why">${card.kind === "opinion" ? "Why it is not rated" : "Why this verdict"}</h2>
${why}
${wrong(c, "#why", "Why this verdict")}${card.would_change ? `<h2 id="change">What would change it</h2>\n${block(card.would_change)}` : ""}</div>
${card.sources?.length ? evidence(c, cited) : ""}${end(c)}
</article>
`;
}
function evidence(c, cited) {
  const { sources } = c.card;
  const sides = Object.entries(stance).map(([name, [look, word]]) => [look, word, sources.filter((s) => s.stance === name).length]);
  return `<section class="sources${sources.length <= 4 ? " stay" : ""}" aria-labelledby="src"><h2 id="src">Sources</h2>
<p class="ui mute balance">${sources.length} links, ${c.origins} independent origins. No address was opened live.</p>
<p class="how ui">${sides.map(([look, word, n]) => (n ? `<span><b class="st ${look}">${word}</b> ${n}</span>` : "")).join("")}</p>
<ol>
${sources.map((s, at) => `<li id="s${at + 1}">${source(s)}
<p class="how"><b class="st ${stance[s.stance][0]}">${stance[s.stance][1]}</b>${lookUp(s)}${cited[s.key] ? `<span class="back">Cited at ${cited[s.key].map((letter) => `<a class="bk" href="#r${at + 1}${letter}" role="doc-backlink" aria-label="Back to citation ${letter} of source ${at + 1}">${letter}</a>`).join("")}</span>` : ""}</p></li>
`).join("")}</ol>
${wrong(c, "#src", "Sources")}</section>
`;
}
function end(c) {
  const { card } = c, sha = documents.get(c.document).params.card.text.sha256, among = byDocument.get(c.document);
  const [previous, next] = [among[c.number - 2], among[c.number]], label = (id) => verdict.get(id).label;
  const corrections = [...(card.corrections ?? [])].sort((a, b) => (a.date < b.date ? 1 : -1));
  const mail = new URLSearchParams({ subject: `${c.label}: ${c.title}`, body: absolute(c) }).toString().replaceAll("+", "%20");
  return `<div class="prose two">
<h2 id="checked">How it was checked</h2>
<dl class="log">
<div><dt>Checked</dt><dd>${e(card.by)}, by what was on record up to ${date(card.checked)}</dd></div>
${card.reviewed_by ? `<div><dt>Read again</dt><dd>${e(card.reviewed_by)}</dd></div>\n` : ""}<div><dt>The words</dt><dd><a href="/bench/documents/${c.document}/#${c.anchor}">Paragraph ${c.paragraph}</a>, characters ${number(c.start)} to ${number(c.end)}: they stand there once, letter by letter. The text has the SHA-256 digest <code>${sha.slice(0, 12)}…</code></dd></div>
</dl>
<h2 id="history">History of this verdict</h2>
<ol class="log">
${corrections.map((one) => `<li>${time(one.date, "short")}<span><b>${one.class[0].toUpperCase()}${one.class.slice(1)}.</b> From <b>${label(one.from)}</b> to <b>${label(one.to)}</b>. ${inline(one.note)}</span></li>\n`).join("")}<li>${time(card.published, "short")}<span>Published as <b>${label(corrections.at(-1)?.from ?? c.verdict)}</b>.</span></li>
</ol>
<h2 id="cite">Cite and share</h2>
<div class="box"><p id="citation">${e(site.publisher.name)}. “${e(c.title.replace(/\.$/, ""))}.” ${c.label}. Version of ${date(c.changed)}. <bdi>${absolute(c)}</bdi></p></div>
<p class="acts ui"><button class="btn" type="button" data-copy="#citation" data-done="Copied" hidden>Copy citation</button><a href="cite.bib">BibTeX</a><a href="cite.json">CSL-JSON</a><a href="mailto:?${e(mail)}">Send by e-mail</a><a href="${desk(c.path, c.title)}" data-chosen="Report an error in these words">Report an error</a><a href="${site.repository}/edit/main/${c.file}">Edit this card</a></p>
<details class="ui"><summary>Embed this check</summary><p class="box" dir="ltr"><code id="frame">${e(frame(c))}</code></p><p class="acts"><button class="btn" type="button" data-copy="#frame" data-done="Copied" hidden>Copy embed code</button></p></details>
<p class="ui mute">Topics: ${c.topics.map((id) => `<a href="/bench/topics/${id}/">${topics.get(id).title}</a>`).join(", ")}</p>
</div>
</div>
${c.related.length ? `<section class="sec" aria-labelledby="rel"><h2 id="rel">Related claims</h2><ul class="rows">
${c.related.map((one) => row(claim.get(one.id), `${one.relation}: ${one.why}`)).join("")}</ul></section>
` : ""}<nav class="pager" aria-label="Claims in this document">
${previous ? `<a href="${previous.path}" rel="prev">Previous: claim ${previous.number}<b>${e(previous.title)}</b></a>\n` : ""}${next ? `<a href="${next.path}" rel="next">Next: claim ${next.number}<b>${e(next.title)}</b></a>\n` : ""}</nav>
`;
}
export function claimPage(c) {
  const head = `<meta property="article:published_time" content="${c.card.published}">
${c.changed === c.card.published ? "" : `<meta property="article:modified_time" content="${c.changed}">\n`}<link rel="alternate" type="application/json+oembed" href="${absolute(c)}oembed.json">
${c.card.kind === "opinion" ? "" : `<script type="application/ld+json">${JSON.stringify(review(c))}</script>\n`}`;
  const glyphs = [c.glyph, ...c.related.map((one) => claim.get(one.id).glyph)];
  const description = `${c.label}. ${c.card.summary}`;
  return page({ path: c.path, title: headline(c), description, kind: "claim", head, glyphs, file: c.file }, body(c));
}
