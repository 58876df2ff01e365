// Looks at built pages in Chromium, in light and dark, at three widths.
//
//   npm ci && node check.mjs SITE_FOLDER [--shots FOLDER] [--only TEXT] [--chromium PATH]
//
// A page fails when the browser reports an error, when it asks for anything outside the site, when it can be scrolled
// sideways, when a letter of a picture leaves its box or is covered, when it has not exactly one h1, or an id twice,
// when axe-core finds something serious. `--shots` keeps a picture of the first page of each kind in each language.

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { kindOf, launch, pagesOf } from "./pages.mjs";
import { serve } from "./server.mjs";

const args = process.argv.slice(2);
const option = (name) => { const at = args.indexOf(name); return at < 0 ? undefined : args.splice(at, 2)[1]; };
const shots = option("--shots"), only = option("--only"), chromium = option("--chromium");
const root = resolve(args[0] ?? "public");
const pages = pagesOf(root).filter((page) => !only || page.includes(only));
if (!pages.length) { console.error(`no pages in ${root}`); process.exit(2); }
if (shots) mkdirSync(shots, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Runs inside the page; returns what is wrong with it.
const inspect = () => {
  const problems = [];
  const say = (text) => problems.push(text);
  const count = document.querySelectorAll("h1").length;
  if (count !== 1) say(`${count} h1 headings`);
  const ids = new Set();
  for (const element of document.querySelectorAll("[id]")) {
    if (ids.has(element.id)) say(`id ${element.id} twice`);
    ids.add(element.id);
  }
  if (!document.documentElement.lang) say("no lang");
  // A class of the page's kind must not be one of a part of the page.
  const head = document.querySelector(".masthead")?.getBoundingClientRect();
  if (head && (head.top + scrollY > 1 || head.width < document.documentElement.clientWidth - 1)) say("the head of the page is not at its top, or not as wide as it");
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const cause = [...document.querySelectorAll("body *")].find((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !element.closest(".scroll, pre"));
    say(`scrolls sideways by ${wide} px: ${cause?.tagName}.${cause?.getAttribute("class")}`);
  }
  const inside = (inner, outer, slack) => inner.left >= outer.left - slack && inner.right <= outer.right + slack && inner.top >= outer.top - slack && inner.bottom <= outer.bottom + slack;
  const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  for (const svg of document.querySelectorAll("svg.dg")) {
    const frame = svg.getBoundingClientRect();
    const title = svg.querySelector("title")?.textContent ?? "";
    const scale = frame.width / (svg.viewBox.baseVal.width || frame.width);
    if (!title || !svg.querySelector("desc")?.textContent) say("a picture without title or description");
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim());
    for (const text of texts) {
      const box = text.getBoundingClientRect();
      const words = text.textContent.trim().slice(0, 40);
      if (!inside(box, frame, 1.5)) say(`"${words}" leaves its picture (${title})`);
      const holder = text.closest(".node, .card");
      const shape = holder && [...holder.querySelectorAll("rect, circle, ellipse, polygon, path")].map((shape) => shape.getBoundingClientRect()).reduce((most, box) => (box.width * box.height > most.width * most.height ? box : most), { width: 0, height: 0 });
      if (shape?.width && !inside(box, shape, 1)) say(`"${words}" leaves its box (${title})`);
      const size = parseFloat(getComputedStyle(text).fontSize) * scale;
      if (size < 10.5) say(`"${words}" is ${size.toFixed(1)} px small (${title})`);
    }
    const apart = texts.filter((text) => text.closest(".edgeLabel, .card, .on-edge") || text.matches(".on-edge, .legend, .folded"));
    for (let i = 0; i < apart.length; i++) for (let j = i + 1; j < apart.length; j++) {
      if (overlap(apart[i].getBoundingClientRect(), apart[j].getBoundingClientRect())) say(`"${apart[i].textContent}" and "${apart[j].textContent}" overlap (${title})`);
    }
  }
  for (const figure of document.querySelectorAll("figure.code")) {
    const box = figure.getBoundingClientRect();
    for (const part of figure.children) if (!inside(part.getBoundingClientRect(), box, 2)) say(`a part of block ${figure.id} leaves it`);
  }
  return problems;
};

const browser = await launch(chromium);
const { origin, close } = await serve(root);
let failed = 0;
const kinds = new Set();
const report = (page, how, problems) => { for (const problem of new Set(problems)) { failed += 1; console.log(`${page} ${how}: ${problem}`); } };
for (const path of pages) {
  const html = readFileSync(join(root, path), "utf8");
  const kind = kindOf(html);
  if (kind === "redirect") continue;
  // Lists are alike: each kind is looked at in every theme and width once, the others at the narrowest width.
  const name = `${path.startsWith("en/") ? "en" : "ko"}-${kind}`;
  const first = !kinds.has(name) || (kind === "post" && only);
  kinds.add(name);
  const url = `${origin}/${path.split("/").map(encodeURIComponent).join("/")}`;
  for (const colorScheme of first || kind === "post" ? ["light", "dark"] : ["light"]) for (const width of first || kind === "post" ? [360, 768, 1440] : [360]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const problems = [];
    page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(`console: ${message.text()}`); });
    page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
    page.on("requestfailed", (request) => problems.push(`not loaded: ${request.url()}`));
    page.on("request", (request) => { if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin)) problems.push(`asks for ${request.url()}`); });
    await page.goto(url, { waitUntil: "load" });
    problems.push(...await page.evaluate(inspect));
    if (first && width !== 768) {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      for (const { id, impact, help, nodes } of violations) if (["serious", "critical", "moderate"].includes(impact)) problems.push(`axe ${impact} ${id}: ${help}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary.split("\n")[1] ?? ""}`);
    }
    // In pieces: Chromium refuses pictures of very long pages.
    const height = shots && first ? Math.min(await page.evaluate(() => document.documentElement.scrollHeight), kind === "post" ? 6000 : 2400) : 0;
    for (let y = 0, part = 1; y < height; y += 3000, part += 1) {
      const clip = { x: 0, y, width, height: Math.min(3000, height - y) };
      const stem = only ? path.replace(/[/\\]/g, "_").replace(/\.html$/, "") : name;
      await page.screenshot({ path: join(shots, `${stem}-${colorScheme}-${width}-${part}.png`), fullPage: true, clip });
    }
    report(path, `${colorScheme} ${width}`, problems);
    await context.close();
  }
  // Without script: everything is still there.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  const seen = (await page.locator("main").innerText()).trim();
  if (!seen || (await page.locator("button:visible").count())) report(path, "without script", ["not complete, or a button that does nothing"]);
  await context.close();
}
await browser.close();
close();
console.log(failed ? `${failed} problems in ${pages.length} pages` : `${pages.length} pages are sound`);
process.exit(failed ? 1 : 0);
