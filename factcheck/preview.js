// The preview's script: problems over the page, a reload after each save. Not part of the site.
(() => {
  const mine = document.currentScript.dataset.built;
  const show = async () => {
    const { built, problems } = await (await fetch("/preview/problems.json")).json();
    if (built !== mine) return location.reload();
    document.getElementById("problems")?.remove();
    if (!problems.length) return;
    const box = document.createElement("dialog");
    box.id = "problems";
    box.setAttribute("aria-label", "Problems");
    box.style.cssText =
      "position:fixed;inset:auto 0 0 0;width:auto;max-width:none;max-height:70vh;overflow:auto;" +
      "margin:0;border:0;border-top:4px solid #c33;padding:1rem 1.5rem;background:#fff;color:#111;z-index:9";
    const head = document.createElement("h2");
    head.textContent =
      problems.length === 1 ? "One problem. The last good site is shown." : problems.length + " problems. The last good site is shown.";
    head.style.cssText = "font:600 1rem/1.4 sans-serif;margin:0 0 .75rem";
    box.append(head);
    for (const problem of problems) {
      const text = document.createElement("pre");
      text.textContent = problem;
      text.style.cssText = "font:14px/1.45 monospace;white-space:pre-wrap;margin:0 0 1rem";
      box.append(text);
    }
    document.body.append(box);
    box.show();
  };
  show();
  // Once it listens, it looks again: a save may have come since the page was fetched.
  document.addEventListener("LiveReloadConnect", () => setTimeout(show));
  const reload = document.createElement("script");
  reload.src = "/livereload.js?mindelay=100&maxdelay=2000&port=" + location.port;
  document.head.append(reload);
})();
