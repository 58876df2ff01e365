// Finds headings. Loads the pieces of the index that a query needs, and looks twice at the texts it shows.
// Queries are taken apart as src/site/search/terms.rs takes texts apart.
(() => {
  const loaded = new Map();
  const load = (url) => {
    if (!loaded.has(url)) {
      loaded.set(url, fetch(url).then((answer) => {
        if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
        return answer.json();
      }));
      loaded.get(url).catch(() => loaded.delete(url));
    }
    return loaded.get(url);
  };
  const isSyllable = (letter) => letter >= "가" && letter <= "힣";
  const isConsonant = (letter) => letter >= "ㄱ" && letter <= "ㅎ";
  const CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

  // What is looked for: runs of Hangul, of initial consonants, and words. `joined`: neighbouring Hangul is one run.
  const needles = (query, joined) => {
    const found = [];
    let last = "";
    for (const letter of query.normalize("NFC").toLowerCase()) {
      const kind = isSyllable(letter) ? "syllables" : isConsonant(letter) ? "initials" : /[\p{L}\p{N}_]/u.test(letter) ? "word" : "";
      const needle = found[found.length - 1];
      if (kind && needle && (kind === last || (joined && kind === "syllables" && last === " " && needle.kind === kind))) needle.text += letter;
      else if (kind) found.push({ kind, text: letter });
      last = kind || (/\s/.test(letter) && last === "syllables" ? " " : last === " " && /\s/.test(letter) ? " " : "");
    }
    return found;
  };

  // The units that have a term that is, or begins with, this one: unit to weight.
  const units = async (folder, index, term, prefix) => {
    const at = (text) => Math.max(0, index.shards.findLastIndex((first) => first <= text));
    const from = at(term), to = prefix ? at(term + "\uffff") : from;
    const hits = new Map();
    for (let shard = from; shard <= to && index.shards.length; shard += 1) {
      const terms = await load(`${folder}t${shard}.json?${index.version}`);
      const names = prefix ? Object.keys(terms).filter((name) => name.startsWith(term)) : term in terms ? [term] : [];
      for (const name of names) {
        let unit = 0;
        for (const code of terms[name]) {
          unit += code >> 4;
          const weight = (code & 15) * (name === term ? 2 : 1);
          hits.set(unit, Math.max(hits.get(unit) ?? 0, weight));
        }
      }
    }
    return hits;
  };
  const both = (left, right, join) => new Map([...left].filter(([unit]) => right.has(unit)).map(([unit, weight]) => [unit, join(weight, right.get(unit))]));
  const matches = async (folder, index, { kind, text }) => {
    if (kind === "word" || text.length === 1) return units(folder, index, text, true);
    const pairs = [...text].slice(1).map((_, at) => text.slice(at, at + 2));
    let hits;
    for (const pair of pairs) {
      const found = await units(folder, index, pair, false);
      hits = hits ? both(hits, found, Math.min) : found;
    }
    return hits;
  };

  // A text without the spaces between Hangul, and where each of its letters stands.
  const flat = (text) => {
    const letters = [], places = [];
    const lower = text.toLowerCase();
    for (let at = 0; at < lower.length; at += 1) {
      if (/\s/.test(lower[at])) {
        const next = lower.slice(at).match(/^\s+(\S)/);
        if (letters.length && isSyllable(letters[letters.length - 1]) && next && isSyllable(next[1])) continue;
      }
      letters.push(lower[at]);
      places.push(at);
    }
    return { text: letters.join(""), places };
  };
  const initialsOf = (text) => [...text].filter((letter) => !/\s/.test(letter)).map((letter) => (isSyllable(letter) ? CONSONANTS[Math.floor((letter.charCodeAt(0) - 0xac00) / 588)] : letter)).join("");
  const holds = (needle, head, body) => (needle.kind === "initials" ? initialsOf(head).includes(needle.text) : flat(head).text.includes(needle.text) || flat(body).text.includes(needle.text));

  const look = async (folder, wanted) => {
    if (!wanted.length) return [];
    const index = await load(`${folder}index.json`);
    let hits;
    for (const needle of wanted) {
      const found = await matches(folder, index, needle);
      hits = hits ? both(hits, found, (left, right) => left + right) : found;
    }
    const best = [...hits].sort((left, right) => right[1] - left[1] || left[0] - right[0]).slice(0, 40);
    const results = [];
    const postOf = (unit) => index.firsts.findLastIndex((first) => first <= unit);
    const numbers = [...new Set(best.map(([unit]) => postOf(unit)))].slice(0, 12);
    const posts = new Map(await Promise.all(numbers.map(async (number) => [number, await load(`${folder}p${number}.json?${index.version}`)])));
    for (const [unit, score] of best) {
      const number = postOf(unit), post = posts.get(number);
      if (!post) continue;
      const place = unit - index.firsts[number];
      const [anchor, heading, text] = post.sections[place];
      const head = place ? heading : post.title;
      if (wanted.every((needle) => holds(needle, head, text))) results.push({ title: post.title, heading: place ? heading : "", address: post.address + (anchor && `#${anchor}`), text, score });
    }
    return results.slice(0, 20);
  };
  // Hangul words that stand beside each other are first looked for as one, so that spaces do not matter.
  const search = async (folder, query) => {
    const together = needles(query, true), apart = needles(query, false);
    const found = await look(folder, together);
    return found.length || together.length === apart.length ? found : look(folder, apart);
  };

  const escape = (text) => text.replace(/[&<>"]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]);
  // A text with what was looked for marked; cut to its surroundings if `width` says so.
  const marked = (text, wanted, width) => {
    const { text: letters, places } = flat(text);
    const ranges = wanted.map(({ text: needle }) => {
      const at = letters.indexOf(needle);
      return at < 0 ? null : [places[at], places[at + needle.length - 1] + 1];
    }).filter(Boolean).sort((left, right) => left[0] - right[0]);
    // Words stay whole, unless they are very long.
    const first = width && ranges.length ? Math.max(0, ranges[0][0] - 40) : 0;
    const gap = text.slice(first - 1, ranges[0]?.[0]).search(/\s/);
    const start = first && gap >= 0 ? first + gap : first;
    const cut = width ? Math.min(text.length, start + width) : text.length;
    const space = cut < text.length ? text.lastIndexOf(" ", cut) : cut;
    const end = space > cut - 20 && space > (ranges[0]?.[1] ?? 0) ? space : cut;
    let html = start > 0 ? "…" : "", at = start;
    for (const [from, to] of ranges) {
      if (from < at || to > end) continue;
      html += `${escape(text.slice(at, from))}<mark>${escape(text.slice(from, to))}</mark>`;
      at = to;
    }
    return html + escape(text.slice(at, end)) + (end < text.length ? "…" : "");
  };

  // A field and its results, in a window or on the page that searches.
  const box = (link, words, root) => {
    const element = document.createElement("div");
    element.className = "search-box";
    element.innerHTML = `<input type="search" autocomplete="off" spellcheck="false" enterkeyhint="search"><p class="found" role="status"></p><ol class="results"></ol>`;
    const input = element.querySelector("input"), list = element.querySelector("ol"), status = element.querySelector(".found");
    input.placeholder = words.placeholder;
    input.setAttribute("aria-label", words.label);
    const folders = JSON.parse(link.dataset.index);
    let turn = 0;
    const item = (result, wanted, lang) => `<li lang="${lang}"><a href="${escape(root + result.address)}" hreflang="${lang}"><b>${marked(result.title, wanted)}</b>${result.heading ? ` <span class="heading">${marked(result.heading, wanted)}</span>` : ""}<span class="text">${marked(result.text.replace(/\s+/g, " "), wanted, 140)}</span></a></li>`;
    const run = async () => {
      const query = input.value.trim(), mine = ++turn;
      const wanted = needles(query, true).concat(needles(query, false));
      if (!wanted.length) { list.innerHTML = status.textContent = ""; return; }
      let html = "", count = 0;
      try {
        for (const [at, { lang, folder }] of folders.entries()) {
          const results = await search(folder, query);
          if (mine !== turn) return;
          if (at > 0 && results.length) html += `<li class="other">${escape(words.other)}</li>`;
          html += results.map((result) => item(result, wanted, lang)).join("");
          count += results.length;
        }
        status.textContent = count ? words.count.replace("{n}", count) : words.none;
      } catch (error) {
        status.textContent = words.failed;
      }
      list.innerHTML = html;
      element.dispatchEvent(new CustomEvent("searched", { detail: query }));
    };
    input.addEventListener("input", () => { clearTimeout(input.waiting); input.waiting = setTimeout(run, 80); });
    element.addEventListener("keydown", (event) => {
      const links = [...list.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
      else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (at ? links[at - 1] : input).focus(); }
      else if (event.key === "Enter" && event.target === input && links.length && !event.isComposing) links[0].click();
    });
    return { element, input, run };
  };

  const link = document.querySelector("a.search");
  const root = link.dataset.root, words = link.dataset;
  let dialog;
  window.gieokSearch = () => {
    if (!dialog) {
      const { element, input } = box(link, words, root);
      dialog = document.createElement("dialog");
      dialog.className = "search-window";
      dialog.setAttribute("aria-label", words.label);
      dialog.append(element);
      dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target.closest("a")) dialog.close(); });
      document.body.append(dialog);
      dialog.input = input;
    }
    if (!dialog.open) dialog.showModal();
    dialog.input.select();
  };
  const here = document.querySelector(".search-here");
  if (here) {
    const { element, input, run } = box(link, words, root);
    here.append(element);
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    element.addEventListener("searched", ({ detail }) => history.replaceState(null, "", `?q=${encodeURIComponent(detail)}`));
    window.gieokSearch = () => input.select();
    if (input.value) run(); else input.focus();
  }
})();
