import { base, byDocument, claims, documents, pages, predictions, site, speakers, topics, verdict } from "./content.js";
import { absolute, date, e, headline, voice } from "./words.js";
import { frame, height, keys } from "./claim.js";

export const pretty = (value) => `${JSON.stringify(value, null, 1)}\n`;
const name = (kind, one) => ({ id: one.params.id, name: one.title, url: `${base}${kind}/${one.params.id}/` });
export const item = (c) => ({ id: c.id, name: c.title, url: absolute(c), verdict: c.label });
const at = (day) => `${day}T00:00:00Z`;

export function review(c) {
  const { card } = c, document = documents.get(c.document), who = speakers.get(c.speaker), { value } = verdict.get(c.verdict), url = absolute(c);
  return {
    "@context": "https://schema.org", "@type": "ClaimReview", "@id": `${url}#review`, url, claimReviewed: c.title,
    datePublished: card.published, dateModified: c.changed, inLanguage: "en", version: String(1 + (card.corrections?.length ?? 0)), name: headline(c),
    author: { "@type": "Organization", "@id": `${base}#org`, name: site.publisher.name, url: base, publishingPrinciples: `${base}method/`, correctionsPolicy: `${base}corrections-policy/` },
    itemReviewed: {
      "@type": "Claim", "@id": `${url}#claim`, text: card.claim,
      author: { "@type": who.params.card.kind === "person" ? "Person" : "Organization", name: who.title, jobTitle: who.params.card.role },
      datePublished: c.said,
      appearance: [{ "@type": "CreativeWork", url: document.params.card.url, headline: document.title, datePublished: document.params.card.date,
        hasPart: { "@type": "Quotation", text: card.quote, interpretedAsClaim: { "@id": `${url}#claim` } } }],
      claimInterpreter: { "@id": `${base}#org` },
    },
    reviewRating: { "@type": "Rating", alternateName: c.label, ...(value && { ratingValue: value, bestRating: 5, worstRating: 1 }), ratingExplanation: card.reason },
    citation: (card.sources ?? []).map((s) => ({ "@type": "CreativeWork", url: s.url, name: s.title })),
    sdLicense: site.licence.url, isAccessibleForFree: true,
  };
}
export function record(c) {
  const v = verdict.get(c.verdict);
  return {
    $schema: `${base}api/schema/claim.json`, type: "claim", url: absolute(c), title: headline(c), description: `${c.label}. ${c.card.summary}`,
    language: "en", licence: site.licence.url, changed: c.changed, id: c.id, formerly: [],
    document: name("documents", documents.get(c.document)), speaker: name("speakers", speakers.get(c.speaker)),
    said: { first: c.said, last: c.said, inferred: false },
    place: { paragraph: c.paragraph, start: c.start, end: c.end, sha256: documents.get(c.document).params.card.text.sha256 },
    verdict: { id: v.id, label: v.label, of: v.of, value: v.value, says: v.says },
    ...(c.event && { settled_by: { id: c.event.id, name: c.event.title, url: `${base}events/${c.event.id}/` } }),
    topics: c.topics.map((id) => name("topics", topics.get(id))),
    related: c.related.map((one) => ({ id: one.id, relation: one.relation, why: one.why })), origins: c.origins, translations: [], card: c.card,
  };
}
export function markdown(c) {
  const { card } = c, facts = (title, list) => (list?.length ? `\n## ${title}\n\n${list.map((f) => `- ${date(f.date, "short")}: ${f.text}${keys(f)}\n`).join("")}` : "");
  const part = (title, text) => (text ? `\n## ${title}\n\n${text}\n` : "");
  return `# “${card.quote}”

${voice(c)}, ${date(c.said, "short")}. ${absolute(c)}

**${c.label}.** ${card.summary}
${card.kind === "opinion" ? "" : `${part("What is judged", card.claim)}${card.prediction ? `\nIt came true if: ${card.prediction.criterion}${card.prediction.resolved ? ` Resolved on ${date(card.prediction.resolved)}.` : ""}\n` : ""}${card.correct ? `\nWhat would have been right: ${card.correct}\n` : ""}`}${facts("Then", card.then?.facts)}${facts("Since", card.since)}${part("Why it is not rated", card.uncheckable)}${part("Why this verdict", c.reasoning)}${part("What would change it", card.would_change)}${card.sources?.length ? `\n## Sources\n\n${card.sources.map((s) => `[^${s.key}]: ${s.publisher}. [${s.title}](<${s.url}>), ${date(s.date, "short")}. ${s.note}\n`).join("")}` : ""}
${site.title}, ${site.licence.name}: ${site.licence.url}
`;
}
export const oembed = (c) => pretty({
  version: "1.0", type: "rich", title: headline(c), provider_name: site.title, provider_url: base, html: frame(c), width: 560, height: height(c),
  thumbnail_url: `${absolute(c)}card.png`, thumbnail_width: 1200, thumbnail_height: 630,
});
export const csl = (c) => pretty([{
  id: absolute(c), type: "webpage", title: c.title, author: [{ literal: site.publisher.name }], "container-title": site.title, genre: "Fact check",
  issued: { "date-parts": [c.changed.split("-").map(Number)] }, note: `Verdict: ${c.label}`, language: "en", URL: absolute(c),
}]);
export const bib = (c) => `@misc{${c.id},
  author = {{${site.publisher.name}}},
  title = {{${c.title}}},
  howpublished = {${site.title}},
  date = {${c.changed}},
  year = ${c.changed.slice(0, 4)},
  month = ${date(c.changed, "short").split(" ")[1].toLowerCase()},
  note = {Verdict: ${c.label}},
  url = {${absolute(c)}},
}
`;
export function answer(c) {
  const who = speakers.get(c.speaker), { alternateName, "@type": _, ...rest } = review(c).reviewRating;
  return pretty({ pageUrl: absolute(c), publishDate: c.card.published, claimReviewAuthor: { name: site.publisher.name }, claimReviewMarkups: [{
    url: absolute(c), claimReviewed: c.title, claimDate: c.said, claimAppearances: [documents.get(c.document).params.card.url],
    claimAuthor: { name: who.title, jobTitle: who.params.card.role }, rating: { textualRating: alternateName, ...rest },
  }] });
}
export function annotations(d) {
  const here = `${base}documents/${d.params.id}/annotations.json`, { url, date: day, text } = d.params.card, list = byDocument.get(d.params.id);
  return pretty({
    "@context": "http://www.w3.org/ns/anno.jsonld", id: here, type: "AnnotationPage",
    partOf: { id: `${here}#_all`, type: "AnnotationCollection", label: d.title, total: list.length, first: here }, startIndex: 0,
    items: list.map((c) => ({ id: `${here}#${c.anchor}`, type: "Annotation", motivation: "assessing", created: at(c.card.published), modified: at(c.changed), body: absolute(c),
      target: { type: "SpecificResource", source: url, selector: [{ type: "TextQuoteSelector", exact: c.card.quote }, { type: "TextPositionSelector", start: c.start, end: c.end }],
        state: { type: "TimeState", sourceDateStart: at(day), sourceDateEnd: `${day}T23:59:59Z` }, "schema:sha256": text.sha256 } })),
  });
}
const latest = (list) => [...list].sort((a, b) => (a.changed < b.changed ? 1 : a.changed > b.changed ? -1 : 0)).slice(0, 50);
const feedText = (c) => `<p><b>${c.label}.</b> ${e(c.card.summary)}</p><blockquote lang="en"><p>“${e(c.card.quote)}”</p></blockquote><p>${e(voice(c))}, ${date(c.said, "short")}</p>`;
export function atom(title, path, list) {
  const url = `${base}${path}`, found = latest(list);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>${e(title ? `${site.title}: ${title}` : site.title)}</title>
<id>${url}</id>
<link rel="self" type="application/atom+xml" href="${url}feed.xml"/>
<link rel="alternate" type="text/html" href="${url}"/>
${found.length ? `<updated>${at(found[0].changed)}</updated>\n` : ""}<author><name>${e(site.publisher.name)}</name><uri>${base}</uri></author>
<rights>${site.licence.name}, ${site.licence.url}</rights>
${found.map((c) => `<entry>
<title>${c.label}: ${e(c.title)}</title>
<id>${absolute(c)}</id>
<link rel="alternate" type="text/html" href="${absolute(c)}"/>
<published>${at(c.card.published)}</published>
<updated>${at(c.changed)}</updated>
<author><name>${e(c.card.by)}</name></author>
<category scheme="${base}scale/" term="${c.verdict}" label="${c.label}"/>
${c.topics.map((id) => `<category scheme="${base}topics/" term="${id}" label="${e(topics.get(id).title)}"/>\n`).join("")}<content type="html">${e(feedText(c))}</content>
</entry>
`).join("")}</feed>
`;
}
export const jsonFeed = (title, path, list) => pretty({
  version: "https://jsonfeed.org/version/1.1", title: title ? `${site.title}: ${title}` : site.title, home_page_url: `${base}${path}`, feed_url: `${base}${path}feed.json`, language: "en",
  authors: [{ name: site.publisher.name, url: base }],
  items: latest(list).map((c) => ({ id: absolute(c), url: absolute(c), title: `${c.label}: ${c.title}`, content_html: feedText(c), date_published: at(c.card.published), date_modified: at(c.changed),
    authors: [{ name: c.card.by }], tags: [c.label, ...c.topics.map((id) => topics.get(id).title)] })),
});
export const listed = (kind, path, title, list, total) => pretty({
  $schema: `${base}api/schema/${kind}.json`, type: kind, url: `${base}${path}`, title, language: "en", licence: site.licence.url, total, claims: list.map(item),
});

const rated = () => claims.filter((c) => c.card.kind !== "opinion");
const lines = (list) => list.map((one) => `${JSON.stringify(one)}\n`).join("");
const cell = (value) => (/[",\n]/.test((value = String(value ?? ""))) ? `"${value.replaceAll('"', '""')}"` : value);
const csv = (list) => list.map((one) => `${one.map(cell).join(",")}\n`).join("");
export const files = {
  "api/claims.ndjson": () => lines(claims.map(record)),
  "api/claimreview.ndjson": () => lines(rated().map(review)),
  "api/claims.jsonld": () => `{"@context":"https://schema.org",\n"@graph":[\n${rated().map((c) => JSON.stringify(review(c))).join(",\n")}\n]}\n`,
  "api/claimreview-feed.json": () => `{"@context":"https://schema.org","@type":"DataFeed","name":${JSON.stringify(site.title)},"url":"${base}","dataFeedElement":[\n${rated().map((c) => JSON.stringify({ "@type": "DataFeedItem", url: absolute(c), dateCreated: at(c.card.published), dateModified: at(c.changed), item: [review(c)] })).join(",\n")}\n]}\n`,
  "api/claims-search.json": () => `{"claims":[\n${rated().map((c) => JSON.stringify({ text: c.title, claimant: speakers.get(c.speaker).title, claimDate: at(c.said), claimReview: [{ publisher: { name: site.publisher.name, site: "check.example.org" }, url: absolute(c), title: headline(c), reviewDate: at(c.changed), textualRating: c.label, languageCode: "en" }] })).join(",\n")}\n]}\n`,
  "api/claims.csv": () => csv(claims.map((c) => [c.id, absolute(c), c.document, c.speaker, "", c.said, c.said, false, c.paragraph, c.card.kind, c.card.claim, c.card.short, c.card.quote, c.verdict, c.label, verdict.get(c.verdict).value, c.card.then?.judgement, "", c.card.summary, c.card.reason, c.card.correct, c.card.uncheckable, c.reasoning, c.card.would_change, c.card.prediction?.criterion, "", c.card.prediction?.resolved, "", c.event?.id, c.topics.join("|"), c.card.sources?.length, c.origins, c.card.checked, c.card.by, c.card.reviewed_by, "", c.card.published, c.changed, "", ""])),
  "api/sources.csv": () => csv(claims.flatMap((c) => (c.card.sources ?? []).map((s, n) => [c.id, n + 1, s.key, s.title, s.publisher, s.date, s.url, "", "", "", "", s.kind, "", s.publisher, s.stance, "", s.note]))),
  "api/changes.json": () => `{"changes":[\n${claims.flatMap((c) => [...(c.card.corrections ?? []).map((one) => JSON.stringify({ date: one.date, kind: "verdict", claim: c.id, url: absolute(c), title: c.title, class: one.class, note: one.note, from: one.from, to: one.to })), JSON.stringify({ date: c.card.published, kind: "claim", claim: c.id, url: absolute(c), title: c.title })]).join(",\n")}\n]}\n`,
  "api/index.json": () => `{"version":"1.0","title":${JSON.stringify(site.title)},"files":[\n${claims.flatMap((c) => ["", "index.json", "index.md", "embed/", "oembed.json", "cite.json", "cite.bib"].map((file) => JSON.stringify({ url: absolute(c) + file, licence: site.licence.url }))).join(",\n")}\n]}\n`,
  "search/entries.json": () => `[${claims.map((c) => JSON.stringify({ id: c.id, verdict: c.verdict, words: `“${c.card.quote}”`, why: c.card.reason, voice: voice(c), when: c.said, text: `${c.card.summary} ${c.card.claim}` })).join(",\n")}]\n`,
  "sitemap.xml": () => `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${claims.map((c) => `<url><loc>${absolute(c)}</loc><lastmod>${c.changed}</lastmod></url>\n`).join("")}${pages.map((one) => `<url><loc>${base}${one.path}</loc></url>\n`).join("")}</urlset>\n`,
  "predictions/due.ics": () => `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//On the Record//Predictions//EN\n${predictions.filter((c) => c.card.prediction.resolved).map((c) => `BEGIN:VEVENT\nUID:${absolute(c)}\nDTSTAMP:${c.card.published.replaceAll("-", "")}T000000Z\nDTSTART;VALUE=DATE:${c.card.prediction.resolved.replaceAll("-", "")}\nSUMMARY:${c.label}: ${c.title}\nDESCRIPTION:“${c.card.quote}”\\nIt came true if: ${c.card.prediction.criterion}\\nResolved on ${date(c.card.prediction.resolved)}.\nSTATUS:CONFIRMED\nTRANSP:TRANSPARENT\nEND:VEVENT\n`).join("")}END:VCALENDAR\n`,
  "feed.xml": () => atom("", "", claims),
  "feed.json": () => jsonFeed("", "", claims),
};
