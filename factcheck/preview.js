// The preview's script: problems over the page, a reload after each save. Not part of the site.
(() => {
  const d = document, mine = d.currentScript.dataset.built;
  const make = (name, style, ...parts) => {
    const element = d.createElement(name);
    element.style.cssText = style;
    element.append(...parts);
    return element;
  };
  const open = ({text, link}) => {
    const a = make("a", "color:inherit;text-decoration:underline", text);
    a.href = link;
    a.title = "Open in the editor";
    return a;
  };
  const told = problem => {
    const lines = [open(problem)];
    if (problem.line) {
      const [before, meant, after] = problem.line;
      const words = make("u", "text-decoration:underline 2px #c33;text-underline-offset:.25em", meant || " ");
      lines.push("\n    ", make("bdi", "", before, words, after));
    }
    if (problem.mend) lines.push("\n      " + problem.mend);
    return make("pre", "font:14px/1.45 monospace;white-space:pre-wrap;margin:0 0 1rem", ...lines);
  };
  const put = (id, label, tag, style, ...parts) => {
    d.getElementById(id)?.remove();
    if (!parts.length) return;
    const box = make(tag, "position:fixed;inset:auto 0 0 0;z-index:9;margin:0;overflow:auto;" + style, ...parts);
    box.id = id;
    box.setAttribute("aria-label", label);
    d.body.append(box);
    return box;
  };
  const head = words => make("h2", "font:600 1rem/1.4 sans-serif;margin:0 0 .75rem", words);
  const show = async () => {
    const answer = await fetch("/preview/state.json?page=" + encodeURIComponent(location.pathname));
    const {built, problems, warnings, card} = await answer.json();
    if (built !== mine) return location.reload();
    const bar = [];
    if (card) bar.push("Edit this card: ", open(card), ". ");
    if (warnings.length) bar.push(make("details", "margin-top:.25rem",
      make("summary", "cursor:pointer", warnings.length + (warnings.length > 1 ? " warnings" : " warning")),
      ...warnings.map(told)));
    put("preview-bar", "Preview", "aside",
      "font:14px/1.5 sans-serif;padding:.4rem 1rem;background:#222;color:#eee;max-height:50vh", ...bar);
    const words = problems.length === 1 ? "One problem." : problems.length + " problems.";
    put("problems", "Problems", "dialog",
      "width:auto;max-width:none;max-height:70vh;border:0;border-top:4px solid #c33;padding:1rem 1.5rem;background:#fff;color:#111",
      ...(problems.length ? [head(words + " The last good site is shown."), ...problems.map(told)] : []))?.show();
  };
  // Styles alone were saved: they are exchanged, and the page stays as it is.
  const restyle = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.querySelector("head style");
    if (!fresh) return location.reload();
    d.querySelector("head style").textContent = fresh.textContent;
  };
  window.LiveReloadPluginPreview = class {
    static identifier = "preview";
    static version = "1.0";
    reload(path) { return path.endsWith("/preview/styles") ? (restyle(), true) : false; }
  };
  show();
  // Once it listens, it looks again: a save may have come since the page was fetched.
  d.addEventListener("LiveReloadConnect", () => setTimeout(show));
  const reload = d.createElement("script");
  reload.src = "/livereload.js?mindelay=100&maxdelay=2000&port=" + location.port;
  d.head.append(reload);
})();
