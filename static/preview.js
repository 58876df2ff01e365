// The preview's side in the browser: takes the new page after each build, and shows what is wrong.
(() => {
  const box = document.createElement("aside");
  box.id = "gieok-problems";
  box.setAttribute("role", "alert");
  box.hidden = true;
  const shadow = box.attachShadow({ mode: "open" });
  shadow.innerHTML = `<style>
    :host { position: fixed; inset: auto 0 0 0; z-index: 99; max-height: 45vh; overflow: auto; display: block;
      background: #1b1113; color: #ffe9e6; border-top: 3px solid #ff6b5e; font: 13px/1.5 ui-monospace, Menlo, "Noto Sans Mono CJK KR", monospace; }
    :host([hidden]) { display: none; }
    header { display: flex; padding: 8px 16px; position: sticky; top: 0; background: #1b1113; font-family: system-ui, sans-serif; font-weight: 600; }
    button { margin-left: auto; color: inherit; background: none; border: 1px solid #805; border-color: #8a5a5a; border-radius: 5px; cursor: pointer; }
    pre { margin: 0; padding: 0 16px 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
  </style><header><span></span><button type="button" aria-label="Close">✕</button></header><pre></pre>`;
  shadow.querySelector("button").onclick = () => { box.hidden = true; };
  document.documentElement.append(box);
  const show = ({ problems }) => {
    const count = (problems.match(/^(error|warning)/gm) || []).length;
    shadow.querySelector("span").textContent = document.documentElement.lang === "ko" ? `고칠 것 ${count || ""}` : `To be fixed ${count || ""}`;
    shadow.querySelector("pre").textContent = problems;
    box.hidden = !problems;
  };
  const renew = async () => {
    const response = await fetch(location.pathname, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const style = (tree) => tree.querySelector("link[rel=stylesheet]")?.getAttribute("href");
    const parts = ["main", ".toc"].map((part) => [document.querySelector(part), page.querySelector(part)]);
    // Something outside these parts changed its shape, or the page is of another kind: take it whole.
    if (style(document) !== style(page) || parts.some(([old, now]) => !old !== !now)) return location.reload();
    document.title = page.title;
    for (const [old, now] of parts) if (old && old.innerHTML !== now.innerHTML) old.replaceWith(document.adoptNode(now));
    dispatchEvent(new Event("gieok:page"));
  };
  let lost = false;
  const events = new EventSource("/-/events");
  events.addEventListener("now", (event) => { show(JSON.parse(event.data)); if (lost) location.reload(); });
  events.addEventListener("build", (event) => { show(JSON.parse(event.data)); renew().catch(() => location.reload()); });
  events.onerror = () => { lost = true; };
})();
