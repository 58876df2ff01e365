// What a page can do beyond being read: theme, copying code, showing where the reader is. Complete without it.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  for (const button of document.querySelectorAll("button.theme")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const now = root.dataset.theme || (dark.matches ? "dark" : "light");
      const next = now === "dark" ? "light" : "dark";
      root.dataset.theme = next;
      try { localStorage.setItem("theme", next); } catch {}
    });
  }
  const page = () => {
  // Only the source is copied: no marks, no output.
  for (const button of document.querySelectorAll("button.copy")) {
    const code = button.closest("figure").querySelector("pre > code");
    if (!code || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const copy = code.cloneNode(true);
      copy.querySelectorAll(".claim").forEach((mark) => mark.remove());
      await navigator.clipboard.writeText(copy.textContent);
      const label = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 1500);
    });
  }
  const links = new Map([...document.querySelectorAll(".toc a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  if (headings.length && "IntersectionObserver" in window) {
    let current;
    const mark = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 120);
      const link = links.get((passed.pop() || headings[0]).id);
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      if (link) link.setAttribute("aria-current", "true");
    };
    let waiting = false;
    onscroll = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    };
    mark();
  }
  };
  page();
  // The preview has put a new text in place.
  addEventListener("gieok:page", page);
})();
