// One part of the file is shown at a time. Without this script all of it stands one below the other.
(() => {
  const d = document, $ = id => d.getElementById(id), parts = [...d.querySelectorAll(".part"), $("find")];
  const form = d.querySelector("form.find"), rows = [...d.querySelectorAll("#find > .rows > .row")];
  const turn = () => {
    const at = $(decodeURIComponent(location.hash.slice(1))) ?? parts[0];
    if (at.id == "main") return;
    const part = parts.find(one => one.contains(at)) ?? parts[0];
    for (const one of parts) one.hidden = one != part;
    d.title = d.title.split(" · ").pop();
    if (part != parts[0]) d.title = `${part.ariaLabel ?? part.querySelector("h2").textContent} · ${d.title}`;
    if (at == part) { scrollTo(0, 0); requestAnimationFrame(() => scrollTo(0, 0)); } else at.scrollIntoView();
  };
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map, text = row => {
    if (!texts.has(row)) {
      const page = $(decodeURIComponent(row.querySelector("a").hash.slice(1)));
      texts.set(row, plain(` ${row.textContent} ${page?.textContent ?? ""}`).replace(/[^\p{L}\p{N}]+/gu, " "));
    }
    return texts.get(row);
  };
  const narrow = () => {
    const asked = new FormData(form);
    const words = plain(asked.get("q")).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(word => ` ${word}`);
    const values = [...asked].flatMap(([name, value]) => name != "q" && value ? [`${name}=${value}`] : []);
    let left = 0;
    for (const row of rows) {
      const held = row.dataset.words.split(" ");
      row.hidden = !(values.every(value => held.includes(value)) && words.every(word => text(row).includes(word)));
      left += !row.hidden;
    }
    $("count").textContent = form.dataset.some.replace("{n}", left.toLocaleString(d.documentElement.lang));
    $("none").hidden = left > 0;
  };
  form.addEventListener("input", narrow);
  form.addEventListener("reset", () => setTimeout(narrow));
  form.addEventListener("submit", event => event.preventDefault());
  for (const when of ["hashchange", "load"]) addEventListener(when, turn);
  turn(); narrow();
})();
