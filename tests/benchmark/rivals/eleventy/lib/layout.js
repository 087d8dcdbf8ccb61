import { site, symbols, style, base } from "./content.js";
import { desk, e } from "./words.js";

export const sprite = (names) => `<svg class="sprite" aria-hidden="true">${[...new Set([...names, "logo"])].sort().map((name) => symbols[name]).join("")}</svg>`;
export const all = sprite(Object.keys(symbols));
export const header = `<header class="top"><div class="wrap">
<a class="brand" href="/bench/"><svg aria-hidden="true"><use href="#logo"/></svg>${e(site.title)}</a>
<a class="seek" href="/bench/search/">Search</a>
<nav aria-label="Main"><ul>
${site.navigation.map((item) => `<li><a href="/bench/${item.to}">${item.label}</a></li>\n`).join("")}</ul></nav>
</div></header>`;
export const menu = `<nav aria-label="All pages"><ul>
${site.navigation.map((item) => `<li><a href="/bench/${item.to}">${item.label}</a></li>\n`).join("")}${["Topics", "Predictions", "Contradictions", "Figures", "Scale", "Search"].map((name) => `<li><a href="/bench/${name.toLowerCase()}/">${name}</a></li>\n`).join("")}<li><a href="/bench/corrections-policy/">Corrections policy</a></li>
<li><a href="/bench/method/">How we check and rate</a></li>
<li><a href="/bench/feeds/">Feeds</a></li>
</ul></nav>`;

export function page({ path, title, description, kind, head, glyphs, file, feeds }, main) {
  const look = style(kind), address = base + path.replace("/bench/", "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src-elem '${look.digest}'; style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'">
<title>${title ? `${e(title)} — ` : ""}${e(site.title)}</title>
${description ? `<meta name="description" content="${e(description)}">\n` : ""}<meta name="theme-color" content="#fcf9f5" media="(prefers-color-scheme:light)">
<meta name="theme-color" content="#111419" media="(prefers-color-scheme:dark)">
<link rel="preload" href="/bench/assets/${site.assets.newsreader}" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="/bench/assets/${site.assets.public_sans}" as="font" type="font/woff2" crossorigin>
<style>${look.css}</style>
<link rel="icon" href="/bench/assets/${site.assets.icon}" type="image/svg+xml">
<link rel="canonical" href="${address}">
<meta property="og:site_name" content="${e(site.title)}">
<meta property="og:type" content="${kind === "claim" ? "article" : "website"}">
<meta property="og:title" content="${e(title || site.title)}">
${description ? `<meta property="og:description" content="${e(description)}">\n` : ""}<meta property="og:url" content="${address}">
<meta name="twitter:card" content="summary">
${head ?? ""}${feeds ? `<link rel="alternate" type="application/atom+xml" title="${e(`${site.title}: ${title}`)}" href="${path}feed.xml">
<link rel="alternate" type="application/feed+json" title="${e(`${site.title}: ${title}`)}" href="${path}feed.json">
` : ""}<link rel="alternate" type="application/atom+xml" title="${e(site.title)}" href="/bench/feed.xml">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${glyphs ? sprite(glyphs) : all}
${header}
<main id="main">
${main}
</main>
<footer class="foot"><div class="wrap">
<div><p>${site.description}</p>
<p>Found a mistake? <a href="${desk(path, title)}">Tell us</a>. Every correction is published.</p></div>
${menu}
<div><p>No cookies, no trackers, nothing loaded from anyone else.</p>
<p>Texts of this site: <a href="${site.licence.url}" rel="license">${site.licence.name}</a>. Quotations belong to their publishers.</p>
<p>${file ? `<a href="${site.repository}/edit/main/${file}">Edit this card</a>. ` : ""}<a href="${site.repository}">How this site is made</a>.</p>
</div>
</div></footer>
<script src="/bench/assets/${site.assets.script}" defer></script>
</body>
</html>
`;
}
