// All content, read once, and what its pages share. Templates import it, so that it stays out of
// the data cascade, which copies what passes through it.
import { readFileSync, readdirSync } from "node:fs";
import { createHash } from "node:crypto";

const root = new URL("../", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, root), "utf8"));

export const site = read("data/site.json");
export const verdicts = read("data/verdicts.json");
export const symbols = read("data/symbols.json");
const styles = read("data/styles.json");
export const pages = read("data/pages.json");
export const base = "https://check.example.org/bench/";

export const claims = readdirSync(new URL("claims/documents/", root))
  .flatMap((folder) => readdirSync(new URL(`claims/documents/${folder}/`, root)).map((name) => read(`claims/documents/${folder}/${name}`)))
  .map((head) => ({ ...head.params, title: head.title, weight: head.weight, topics: head.topics, sources: head.sources,
    changed: head.lastmod, path: `/bench/documents/${head.params.id}/`, reasoning: head.reasoning }))
  .sort((a, b) => a.weight - b.weight);

export const claim = new Map(claims.map((one) => [one.id, one]));
export const verdict = new Map(verdicts.map((one) => [one.id, one]));
export const of = (kind) => pages.filter((one) => one.layout === kind).sort((a, b) => a.weight - b.weight);
const named = (kind) => new Map(of(kind).map((one) => [one.params.id, one]));
export const documents = named("document"), speakers = named("speaker"), topics = named("topic");
export const grouped = (keys) => {
  const found = new Map();
  for (const one of claims) for (const key of keys(one)) found.has(key) ? found.get(key).push(one) : found.set(key, [one]);
  return found;
};
export const byDocument = grouped((one) => [one.document]);
export const bySpeaker = grouped((one) => [one.speaker]);
export const byTopic = grouped((one) => one.topics);
export const byVerdict = grouped((one) => [one.verdict]);
export const byEvent = grouped((one) => (one.event ? [one.event.id] : []));
export const bySource = grouped((one) => one.sources);
export const predictions = claims.filter((one) => one.card.kind === "prediction");

const digested = {};
export function style(kind) {
  const css = styles[kind] ?? styles.article;
  return (digested[kind] ??= { css, digest: `sha256-${createHash("sha256").update(css).digest("base64")}` });
}

export function leaves(items, size = 100) {
  const count = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: count }, (_, at) => ({
    number: at + 1, leaves: count, total: items.length, first: at * size + 1, items: items.slice(at * size, (at + 1) * size),
  }));
}

// A template for many pages: Eleventy's pagination, one item at a time, by index.
export function paged(items, permalink, render) {
  return {
    data: { pagination: { data: "at", size: 1, alias: "one" }, at: items.map((_, at) => at),
      permalink: (data) => permalink(items[data.one]), layout: false },
    render: (data) => render(items[data.one]),
  };
}
export const single = (permalink, render) => ({ data: { permalink, layout: false }, render });
