// Looks at built pages in Chromium, in light and dark, at three widths.
//
//   npm install && node check.mjs SITE_FOLDER [--shots FOLDER] [--chromium PATH]
//
// A page fails when the browser reports an error, when it asks for anything outside the site, when it can be scrolled
// sideways, when a letter of a picture leaves its box or is covered, when it has not exactly one h1, or an id twice.

import { readdirSync, mkdirSync, existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const args = process.argv.slice(2);
const option = (name) => { const at = args.indexOf(name); return at < 0 ? undefined : args.splice(at, 2)[1]; };
const shots = option("--shots");
const executablePath = option("--chromium") ?? process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const root = resolve(args[0] ?? "public");
const pages = function find(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? find(path) : name.endsWith(".html") ? [path] : [];
  });
}(root).sort();
if (!pages.length) { console.error(`no pages in ${root}`); process.exit(2); }
if (shots) mkdirSync(shots, { recursive: true });

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

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let failed = 0;
for (const path of pages) {
  const name = relative(root, path).replace(/[/\\]/g, "_").replace(/\.html$/, "");
  for (const colorScheme of ["light", "dark"]) for (const width of [360, 768, 1440]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const problems = [];
    page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(`console: ${message.text()}`); });
    page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
    page.on("requestfailed", (request) => problems.push(`not loaded: ${request.url()}`));
    page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) problems.push(`asks for ${request.url()}`); });
    await page.goto(pathToFileURL(path).href);
    problems.push(...await page.evaluate(inspect));
    if (width === 1440 && await page.locator("button.theme").count()) {
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const before = await ground();
      await page.locator("button.theme").first().click();
      if (await ground() === before) problems.push("the theme switch does nothing");
      await page.locator("button.theme").first().click();
    }
    // In pieces: Chromium refuses pictures of very long pages.
    const height = shots ? await page.evaluate(() => document.documentElement.scrollHeight) : 0;
    for (let y = 0, part = 1; y < height; y += 3000, part += 1) {
      const clip = { x: 0, y, width, height: Math.min(3000, height - y) };
      await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}-${part}.png`), fullPage: true, clip });
    }
    for (const problem of new Set(problems)) { failed += 1; console.log(`${relative(root, path)} ${colorScheme} ${width}: ${problem}`); }
    await context.close();
  }
  // Without script: everything is still there.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
  if (!(await page.locator("main").innerText()).trim()) { failed += 1; console.log(`${relative(root, path)}: nothing to read without script`); }
  await context.close();
}
await browser.close();
console.log(failed ? `${failed} problems in ${pages.length} pages` : `${pages.length} pages are sound`);
process.exit(failed ? 1 : 0);
