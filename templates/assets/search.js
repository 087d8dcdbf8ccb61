// Search without a server: of a prebuilt index only the pieces are fetched in which the words stand.
(() => {
  const d = document, $ = id => d.getElementById(id), form = $("find"), field = form.elements.q;
  const list = $("found").querySelector("ol"), reset = form.querySelector("[type=reset]");
  const picks = [...form.querySelectorAll("select")], lang = d.documentElement.lang;
  const WORTH = [8, 4, 2, 1], BREADTH = 8, PAGE = 10, WORD = /[\p{L}\p{N}\p{M}]+/gu;

  // ---------- what is fetched, each file once ----------
  const files = new Map;
  const load = (name, how) => {
    if (!files.has(name)) files.set(name, fetch(name, how).then(r => r.ok ? r.json() : Promise.reject(r)));
    files.get(name).catch(() => files.delete(name));
    return files.get(name);
  };
  const open = () => load("index.json", {cache: "no-cache"});

  // ---------- words, split as the index splits them ----------
  let rules;
  const learn = index => rules ??= {
    marks: RegExp(`[${index.marks}]`, "gu"), letters: index.letters,
    runs: RegExp(`[${index.unspaced}]+|[^${index.unspaced}]+`, "gu"), dense: RegExp(`[${index.unspaced}]`, "u"),
  };
  const fold = text => text.normalize("NFKD").replace(rules.marks, "").toLowerCase()
    .replace(/./gsu, c => rules.letters[c] ?? c).normalize("NFC");
  const runs = text => (fold(text).match(WORD) || []).flatMap(word => word.match(rules.runs));
  // A query: terms that must all occur; an open one is the beginning of a word.
  const read = text => {
    const said = runs(text), items = said.flatMap((run, at) => {
      if (!rules.dense.test(run)) return [{text: run, run, open: at == said.length - 1 || run.length > 3}];
      const letters = [...run];
      return letters.length == 1 ? [{text: run, run, open: true}]
        : letters.slice(1).map((c, i) => ({text: letters[i] + c, run, open: false}));
    });
    return [...new Map(items.map(item => [item.text, item])).values()];
  };

  // ---------- entries that hold a term, with what it is worth there ----------
  const holding = async (index, item) => {
    const place = text => Math.max(0, index.terms.findLastIndex(([first]) => first <= text));
    const from = place(item.text);
    let to = item.open ? place(item.text + "\uffff") : from;
    const broad = to - from >= BREADTH;
    if (broad) { item.open = false; to = from; }
    const found = new Map;
    for (const shard of await Promise.all(index.terms.slice(from, to + 1).map(([, name]) => load(name)))) {
      for (const term in shard) {
        const whole = term == item.text;
        if (!whole && !(item.open && term.startsWith(item.text))) continue;
        let posting = 0;
        for (const step of shard[term]) {
          posting += step;
          const entry = posting >> 2, worth = WORTH[posting & 3] * (whole ? 2 : 1);
          if (worth > (found.get(entry) || 0)) found.set(entry, worth);
        }
      }
    }
    const rare = Math.log(1 + index.entries / (found.size || 1));
    for (const [entry, worth] of found) found.set(entry, worth * rare);
    // The beginning of very many words is no word yet: it waits for its next letter.
    item.waits = broad && !found.size;
    return found;
  };
  const ranked = async (index, items) => {
    const all = (await Promise.all(items.map(item => holding(index, item)))).filter((_, at) => !items[at].waits);
    if (!all.length) return Array.from({length: index.entries}, (_, at) => [index.entries - 1 - at, 0]);
    all.sort((a, b) => a.size - b.size);
    return [...all[0]].flatMap(([entry, worth]) => all.every(m => m.has(entry))
      ? [[entry, all.reduce((sum, m) => sum + m.get(entry), 0)]] : [])
      .sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  };

  // ---------- facets ----------
  const chosen = () => picks.filter(pick => state[pick.name]);
  const narrowed = (hits, facets, but) => {
    const tests = facets.filter(f => f.id != but).flatMap(f => {
      const at = f.values.findIndex(([id]) => id == state[f.id]);
      return at < 0 ? [] : [entry => [].concat(f.of[entry]).includes(at)];
    });
    return hits.filter(([entry]) => tests.every(test => test(entry)));
  };
  const offer = (hits, facets) => facets.forEach(facet => {
    const pick = form.elements[facet.id], counts = facet.values.map(() => 0);
    for (const [entry] of narrowed(hits, facets, facet.id)) for (const at of [].concat(facet.of[entry])) counts[at]++;
    const options = facet.values.flatMap(([id, label], at) => counts[at] || id == state[facet.id]
      ? [new Option(`${facet.id == "y" && id.length > 4 ? "\u2003" : ""}${label} (${counts[at].toLocaleString(lang)})`, id)] : []);
    pick.replaceChildren(pick.options[0], ...options);
    pick.value = state[facet.id] || "";
  });

  // ---------- light on what was found ----------
  const folds = new Map;
  const lights = (text, items) => {
    let plain = "", at = [], place = 0;
    for (const letter of text) {
      if (!folds.has(letter)) folds.set(letter, fold(letter));
      const folded = folds.get(letter);
      for (let i = 0; i < folded.length; i++) at.push(place);
      plain += folded; place += letter.length;
    }
    at.push(place);
    const found = [];
    for (const word of plain.matchAll(WORD)) for (const run of word[0].matchAll(rules.runs)) {
      const start = word.index + run.index, dense = rules.dense.test(run[0]);
      for (const item of items) {
        const inside = dense ? run[0].indexOf(item.run) : (item.open ? run[0].startsWith(item.text) : run[0] == item.text) - 1;
        if (inside >= 0) found.push([at[start + inside], at[start + (dense ? inside + item.run.length : run[0].length)], item]);
      }
    }
    return found.sort((a, b) => a[0] - b[0]);
  };
  const paint = (box, items, text = box.textContent) => {
    const parts = [], seen = new Set; let end = 0;
    for (const [from, to, item] of lights(text, items)) {
      seen.add(item);
      if (from < end) continue;
      const mark = d.createElement("mark");
      mark.append(text.slice(from, to));
      parts.push(text.slice(end, from), mark); end = to;
    }
    box.replaceChildren(...parts, text.slice(end));
    return seen;
  };
  // Where no word of a result shows, its page is asked for the passage; then it is at hand when it is opened.
  const excerpt = async (row, items) => {
    const page = await fetch(row.querySelector("a").href).then(r => r.text());
    const main = page.slice(page.indexOf("<main"), page.indexOf("</main>"));
    let title = "";
    for (const part of new DOMParser().parseFromString(main, "text/html").querySelectorAll(":is(h2,h3,p,li)")) {
      const text = part.textContent.replace(/\s+/g, " ").trim();
      if (part.matches("h2,h3")) { title = text; continue; }
      const first = lights(text, items)[0];
      if (!first) continue;
      const from = first[0] > 90 ? text.indexOf(" ", first[0] - 80) + 1 : 0;
      const to = first[1] + 120 < text.length ? text.lastIndexOf(" ", first[1] + 110) : text.length;
      const line = d.createElement("p"), words = d.createElement("span"), where = d.createElement("b");
      line.className = "why hit"; where.textContent = title;
      paint(words, items, `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`);
      line.append(where, " ", words);
      return row.append(line);
    }
  };
  const seen = new IntersectionObserver(entries => entries.forEach(({isIntersecting, target}) => {
    if (!isIntersecting) return;
    seen.unobserve(target);
    excerpt(target, target.missing).catch(() => {});
  }));

  // ---------- results ----------
  const drawn = (claim, items) => {
    const row = $("row").content.firstElementChild.cloneNode(true), link = row.querySelector("a");
    row.querySelector(".verdict").replaceWith($("verdicts").content.querySelector(`[data-v="${claim.verdict}"]`).cloneNode(true));
    row.querySelectorAll("[data-f]").forEach(slot => slot.textContent = claim[slot.dataset.f] || "");
    row.querySelectorAll("[data-if]").forEach(part => { if (!claim[part.dataset.if]) part.remove(); });
    link.textContent = claim.words; link.href = `../documents/${claim.id}/`;
    for (const way of ["lang", "dir"]) if (claim[way]) link[way] = claim[way];
    const cut = (name, way) => { const mark = d.createElement("i"); mark.className = name; return way(mark); };
    const shown = new Set([link, row.querySelector(".why"), row.querySelector(".meta")].flatMap(box =>
      box.matches(".meta") ? lights(box.textContent, items).map(light => light[2]) : [...paint(box, items)]));
    // Where the quote begins or breaks off within a sentence, as in other lists.
    if (claim.cut?.includes("<")) cut("cut", mark => link.firstChild.splitText?.(1).before(mark));
    if (claim.cut?.includes(">")) cut("cut on", mark => link.lastChild.splitText?.(link.lastChild.length - 1).before(mark));
    row.missing = items.filter(item => !item.waits && !shown.has(item));
    if (row.missing.length && !navigator.connection?.saveData) seen.observe(row);
    return row;
  };
  const add = async (index, hits, items, still) => {
    const done = list.children.length, next = hits.slice(done, done + PAGE).map(([entry]) => entry);
    const portions = await Promise.all(next.map(entry => load(index.claims[Math.floor(entry / index.together)])));
    if (still && !still()) return;
    list.append(...next.map((entry, at) => drawn(portions[at][entry % index.together], items)));
    $("more").hidden = list.children.length >= hits.length;
    return list.children[done]?.querySelector("a");
  };

  let state = {}, turn = 0, more = () => {};
  const show = (part, there) => $(part).hidden = !there;
  const run = async () => {
    const mine = ++turn, still = () => mine == turn, asked = state.q || chosen().length;
    const slow = setTimeout(() => { if (still()) $("count").textContent = form.dataset.wait; }, 400);
    try {
      const index = await open();
      learn(index);
      const items = read(state.q || ""), all = await ranked(index, items);
      const facets = chosen().length ? await load(index.facets) : null;
      const hits = facets ? narrowed(all, facets) : all;
      if (!still()) return;
      list.replaceChildren();
      if (asked) await add(index, hits, items, still);
      if (!still()) return;
      more = () => add(index, hits, items).then(first => first?.focus());
      show("start", !asked); show("found", asked && hits.length); show("none", asked && !hits.length);
      reset.hidden = !asked; show("broken", false);
      $("count").textContent = asked ? form.dataset.some.replace("{n}", hits.length.toLocaleString(lang)) : "";
      clearTimeout(slow);
      const known = await load(index.facets);
      if (still()) offer(all, known);
    } catch (problem) {
      if (still()) { show("broken", true); show("found", false); show("none", false); $("count").textContent = ""; }
    } finally { clearTimeout(slow); }
  };

  // ---------- the form, the address and the keys ----------
  const given = () => {
    state = Object.fromEntries(new URLSearchParams(location.search));
    field.value = state.q || "";
    for (const pick of picks) {
      const value = state[pick.name] || "";
      pick.value = value;
      if (pick.value != value) pick.add(new Option(value, value, false, true)); // until its label is known
    }
    if (chosen().length) form.querySelector("details").open = true;
  };
  let settled = true, wait;
  const keep = push => {
    state = {q: field.value.trim(), ...Object.fromEntries(picks.map(pick => [pick.name, pick.value]))};
    const kept = new URLSearchParams(Object.entries(state).filter(([, value]) => value)) + "";
    const to = kept ? "?" + kept : location.pathname;
    if (to != (location.search || location.pathname)) history[push ? "pushState" : "replaceState"](0, "", to);
  };
  const ask = push => { clearTimeout(wait); keep(push); run(); };
  field.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => { ask(settled); settled = false; }, 150);
  });
  form.addEventListener("change", event => { if (event.target == field) settled = true; else ask(true); });
  form.addEventListener("submit", event => {
    event.preventDefault(); ask(settled); settled = true;
    if (matchMedia("(pointer:coarse)").matches) field.blur();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    picks.forEach(pick => pick.value = ""); field.value = ""; ask(true); settled = true; field.focus();
  }));
  form.addEventListener("focusin", () => open().then(index => load(index.facets)).then(() => { if (!turn) run(); }).catch(() => {}), {once: true});
  $("more").addEventListener("click", () => more());
  addEventListener("popstate", () => { clearTimeout(wait); given(); settled = true; run(); });
  d.addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const links = [...list.querySelectorAll("h3 a")], at = links.indexOf(d.activeElement), here = d.activeElement == field;
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (event.key == "Escape" && (at >= 0 || here)) {
      event.preventDefault();
      if (here) { field.value = ""; ask(settled); settled = false; } else field.focus();
    } else if (step && (at >= 0 || here)) {
      const to = here ? (step > 0 ? links[0] : null) : at + step < 0 ? field : links[at + step];
      if (to) { event.preventDefault(); to.focus(); }
    }
  });
  form.querySelector("details").open = matchMedia("(min-width:40rem)").matches;
  given();
  if (location.search) run();
})();
