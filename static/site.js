// What a page can do beyond being read: theme, copying code, keys, showing where the reader is. Complete without it.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  const turn = () => {
    const now = root.dataset.theme || (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch {}
  };
  for (const button of all("button.theme")) {
    button.hidden = false;
    button.addEventListener("click", turn);
  }

  // The heading that the reader is under: the last one above the upper third of the window.
  const headings = () => all(".body :is(h2, h3, h4, h5, h6)[id]");
  const current = () => headings().filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).pop();
  // The other language opens at the same heading.
  for (const link of all("a.language")) {
    link.addEventListener("click", () => {
      const heading = scrollY > 200 && current();
      const anchor = heading && heading.getAttribute(`data-at-${link.lang}`);
      link.href = link.href.split("#")[0] + (anchor ? `#${encodeURIComponent(anchor)}` : "");
    });
  }

  // The search comes when it is asked for.
  const searchLink = one("a.search");
  let searching;
  const search = () => {
    searching ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = searchLink.dataset.script;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    return searching.then(() => window.gieokSearch(), () => location.assign(searchLink.href));
  };
  if (searchLink) {
    searchLink.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      search();
    });
    if (one(".search-here")) search();
  }

  const help = one("dialog.keys");
  for (const button of all("button.keys")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
  const jump = (step) => {
    const list = headings();
    const at = list.indexOf(list.filter((heading) => heading.getBoundingClientRect().top < 90).pop());
    const target = list[at + step];
    if (target) { target.scrollIntoView(); history.replaceState(null, "", `#${encodeURIComponent(target.id)}`); }
    else if (step < 0) scrollTo({ top: 0 });
  };
  const go = (selector) => { const link = one(selector); if (link) link.click(); };
  const keys = {
    "/": () => searchLink && search(),
    j: () => jump(1),
    k: () => jump(-1),
    n: () => go(".neighbours .next"),
    p: () => go(".neighbours .previous"),
    t: turn,
    l: () => go("a.language"),
    "?": () => help.showModal(),
  };
  addEventListener("keydown", (event) => {
    if (searchLink && event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) { event.preventDefault(); search(); return; }
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || one("dialog[open]")) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    // The Hangul keyboard has the same keys under other names.
    const name = event.key.length > 1 || /[a-z/?]/.test(event.key) ? event.key : { KeyJ: "j", KeyK: "k", KeyN: "n", KeyP: "p", KeyT: "t", KeyL: "l" }[event.code];
    const action = Object.hasOwn(keys, name ?? "") && keys[name];
    if (action) { event.preventDefault(); action(); }
  });

  // Results under several versions of Python: one at a time, the same in every block, remembered.
  const choose = (version, tab, strips = all(".versions.tabs")) => {
    const top = tab && tab.getBoundingClientRect().top;
    for (const strip of strips) {
      const tabs = [...strip.querySelectorAll("[role=tab]")];
      const index = tabs.findIndex((it) => it.dataset.versions.split(" ").includes(version));
      if (index < 0) continue;
      tabs.forEach((it, at) => {
        it.setAttribute("aria-selected", at === index);
        it.tabIndex = at === index ? 0 : -1;
        document.getElementById(it.getAttribute("aria-controls")).hidden = at !== index;
      });
    }
    if (!tab) return;
    try { localStorage.setItem("python", version); } catch {}
    // Blocks above may have grown: what the reader looks at stays where it is.
    scrollBy({ top: tab.getBoundingClientRect().top - top, behavior: "instant" });
  };
  const strips = () => {
    const before = all(".versions.tabs").length;
    for (const [index, strip] of all(".versions:not(.tabs)").entries()) {
      const number = before + index;
      const panels = [...strip.querySelectorAll(":scope > .version")];
      const list = document.createElement("div");
      list.setAttribute("role", "tablist");
      list.setAttribute("aria-label", strip.getAttribute("aria-label"));
      const tabs = panels.map((panel, at) => {
        const tab = document.createElement("button");
        tab.type = "button";
        tab.textContent = panel.dataset.label;
        tab.dataset.versions = panel.dataset.versions;
        tab.id = `versions.tab.${number}.${at}`;
        panel.id = `versions.panel.${number}.${at}`;
        tab.setAttribute("role", "tab");
        tab.setAttribute("aria-controls", panel.id);
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", tab.id);
        tab.addEventListener("click", () => choose(tab.dataset.versions.split(" ").pop(), tab));
        return tab;
      });
      list.addEventListener("keydown", (event) => {
        const at = tabs.indexOf(event.target), last = tabs.length - 1;
        const to = { ArrowLeft: at ? at - 1 : last, ArrowRight: at < last ? at + 1 : 0, Home: 0, End: last }[event.key];
        if (at < 0 || to === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
        event.preventDefault();
        tabs[to].focus();
        tabs[to].click();
      });
      list.append(...tabs);
      strip.removeAttribute("role");
      strip.removeAttribute("aria-label");
      strip.prepend(list);
      strip.classList.add("tabs");
      choose((strip.querySelector(".shown") ?? panels[0]).dataset.versions.split(" ")[0], null, [strip]);
    }
    let remembered;
    try { remembered = localStorage.getItem("python"); } catch {}
    if (remembered) choose(remembered);
  };

  const page = () => {
    strips();
    // Only the source that is seen is copied: no marks, no output, hidden lines when they are shown.
    for (const button of all("button.copy")) {
      const code = button.closest("figure").querySelector("pre > code");
      if (!code || !navigator.clipboard || !button.hidden) continue;
      button.hidden = false;
      button.addEventListener("click", async () => {
        const copy = code.cloneNode(true);
        const shown = button.closest("figure").querySelector(".reveal :checked");
        copy.querySelectorAll(`.claim, .prompt, .out, .ref${shown ? "" : ", .hid"}`).forEach((mark) => mark.remove());
        await navigator.clipboard.writeText(copy.textContent.replace(/[ \t]+$/gm, ""));
        const label = button.textContent;
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = label; }, 1500);
      });
    }
    const links = new Map(all(".toc a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const listed = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    let now;
    const mark = () => {
      const passed = listed.filter((heading) => heading.getBoundingClientRect().top < 120);
      const link = listed.length && links.get((passed.pop() || listed[0]).id);
      if (link === now) return;
      if (now) now.removeAttribute("aria-current");
      now = link;
      if (!link) return;
      link.setAttribute("aria-current", "true");
      // Keep it in sight inside a long table of contents, without moving the page.
      const nav = link.closest("nav"), place = link.offsetTop - nav.offsetTop;
      if (place < nav.scrollTop || place > nav.scrollTop + nav.clientHeight - 40) nav.scrollTop = place - nav.clientHeight / 2;
    };
    let waiting = false;
    onscroll = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    };
    mark();
  };
  page();
  // The preview has put a new text in place.
  addEventListener("gieok:page", page);
})();
