// Enhancements only. Everything on the site works without this file.
(() => {
  const d = document, all = (s, r = d) => [...r.querySelectorAll(s)];
  // Copy buttons appear only where copying works.
  if (navigator.clipboard) all("[data-copy]").forEach(b => {
    b.hidden = false; const t = b.textContent;
    b.onclick = async () => {
      await navigator.clipboard.writeText(d.querySelector(b.dataset.copy).innerText);
      b.textContent = b.dataset.done; setTimeout(() => b.textContent = t, 2e3);
    };
  });
  // Claim: chosen words can be reported.
  const report = d.querySelector("[data-chosen]"), offer = report?.cloneNode(); let wait;
  if (report) d.onselectionchange = () => { clearTimeout(wait); wait = setTimeout(() => {
    if (d.activeElement == offer) return;
    offer.remove();
    const at = getSelection(), words = (at + "").trim().slice(0, 500); if (!words) return;
    const place = encodeURIComponent(words.split("\n")[0].split(" ", 8).join(" "));
    offer.href = report.href.replace("%0A", encodeURIComponent(`#:~:text=${place}\n\n> ${words}\n`));
    offer.textContent = report.dataset.chosen; offer.className = "ui skip"; offer.style = "position:fixed;top:80%";
    at.focusNode.parentNode.closest("p,li,div")?.append(offer);
  }, 300); };
  // Document: the strip shows where you are.
  const m = d.querySelector(".map");
  if (m && "IntersectionObserver" in window) {
    const o = new IntersectionObserver(es => es.forEach(e => {
      if (e.isIntersecting) all("a", m).forEach(a => a.hash == "#" + e.target.id
        ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current"));
    }), {rootMargin: "-30% 0px -60%"});
    all(".para").forEach(p => o.observe(p));
  }
  const keep = p => history.replaceState(0, "", (p + "" ? "?" + p : location.pathname) + location.hash);
  const asked = new URLSearchParams(location.search);
  // Timeline: count what is left, keep the choice in the address.
  const f = d.querySelector(".tlform"); if (!f) return;
  const out = d.getElementById("count"), items = all("li.c", f), n = items.length;
  const show = () => {
    const left = items.filter(x => x.offsetParent).length;
    out.textContent = left == n ? out.dataset.all : out.dataset.some.replace("{n}", left);
    all(".empty", f).forEach(e => e.hidden = left > 0);
  };
  const save = () => {
    const p = new URLSearchParams;
    for (const k of ["d", "s"]) if (f.elements[k].value != "all") p.set(k, f.elements[k].value);
    const off = all("[name=v]:not(:checked)", f).map(x => x.value).join(""); if (off) p.set("hide", off);
    keep(p);
  };
  for (const k of ["d", "s"]) if (asked.has(k)) { const r = d.getElementById(k + "-" + asked.get(k)); if (r) r.checked = true; }
  for (const v of asked.get("hide") || "") { const r = d.getElementById("v-" + v); if (r) r.checked = false; }
  f.addEventListener("change", () => { show(); save(); });
  f.addEventListener("reset", () => setTimeout(() => { show(); save(); }));
  show();
})();
