// What readers do, in the book of tests/site/book: search, change the language, use keys, turn the light off.
//
//   node journeys.mjs SITE_FOLDER
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { launch } from "./pages.mjs";
import { serve } from "./server.mjs";

const root = resolve(process.argv[2] ?? "public");
const browser = await launch();
const { origin, close } = await serve(root);
let failed = 0;
const journey = async (name, walk, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  try {
    await walk(page, context);
    assert.deepEqual(errors, []);
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}: ${error.message}`);
  }
  await context.close();
};
const open = (page, path) => page.goto(`${origin}/${path}`);

/** The headings that a query finds in the page's own language: "post › heading". */
const found = async (page, query) => {
  await page.locator(".search-box input").fill(query);
  await page.waitForFunction((query) => new URLSearchParams(location.search).get("q") === query, query);
  return page.locator(".results > li:not(.other):not(.other ~ li)").evaluateAll((items) => items.map((item) => [item.querySelector("b").textContent, item.querySelector(".heading")?.textContent].filter(Boolean).join(" › ")));
};

await journey("Korean is found inside words, whatever the spaces", async (page) => {
  await open(page, "search.html");
  const first = "인터프리터가 하는 일";
  assert.deepEqual(await found(page, "프리터"), [first]);
  assert.deepEqual(await found(page, "인터프리터는"), [first]);
  const together = await found(page, "해시테이블");
  assert.deepEqual(together, ["해시 테이블", "해시 테이블 › 해시 테이블의 자리", first]);
  assert.deepEqual(await found(page, "해시 테이블"), together);
  assert.deepEqual(await found(page, "순환 참조"), ["차례에 대하여"], "in another order");
  assert.deepEqual(await found(page, "없는낱말"), []);
  assert.equal(await page.locator(".found").textContent(), "찾은 것이 없습니다.");
});

await journey("identifiers, parts of them, and initial consonants are found", async (page) => {
  await open(page, "search.html");
  const frames = "인터프리터가 하는 일 › 제너레이터와 프레임";
  assert.deepEqual(await found(page, "gc_refs"), [frames]);
  assert.deepEqual(await found(page, "getsiz"), [frames]);
  assert.deepEqual(await found(page, "__hash__"), ["해시 테이블 › 해시 테이블의 자리"]);
  assert.deepEqual(await found(page, "ㅈㄴㄹㅇㅌ"), [frames]);
  assert.deepEqual(await found(page, "GC_REFS 수집기"), [frames]);
  assert.equal(await page.locator(".results .other").count(), 0, "both words are in Korean only");
  await found(page, "gc_refs");
  assert.equal(await page.locator(".results .other ~ li a[hreflang=en]").count(), 1, "the English post comes below");
});

await journey("an address with a query searches; a result leads to its heading", async (page) => {
  await open(page, "search.html?q=%ED%94%84%EB%A0%88%EC%9E%84");
  await page.locator(".results a").first().click();
  await page.waitForURL(/interpreter\.html#/);
  assert.equal(decodeURIComponent(new URL(page.url()).hash), "#제너레이터와-프레임");
});

await journey("the search window by keys alone", async (page) => {
  await open(page, "interpreter.html");
  await page.keyboard.press("/");
  await page.locator("dialog.search-window[open] input").waitFor();
  await page.keyboard.type("충돌");
  await page.locator(".results a").first().waitFor();
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.closest(".results") !== null), true);
  await page.keyboard.press("Enter");
  await page.waitForURL(/hash\.html#/);
  await page.keyboard.press("Control+k");
  await page.locator("dialog.search-window[open]").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

await journey("the other language opens at the same heading", async (page) => {
  await open(page, "interpreter.html");
  await page.evaluate(() => document.getElementById("느리게-하는-일").scrollIntoView());
  // With the mouse itself: a locator's click would scroll the page first.
  const { x, y } = await page.locator("a.language").boundingBox();
  await page.mouse.click(x + 5, y + 5);
  await page.waitForURL(/en\/interpreter\.html/);
  assert.equal(new URL(page.url()).hash, "#doing-it-slowly");
  await page.keyboard.press("l");
  await page.waitForURL((url) => !url.pathname.startsWith("/en/"));
  assert.equal(decodeURIComponent(new URL(page.url()).hash), "#느리게-하는-일");
}, { viewport: { width: 1200, height: 400 } });

await journey("a missing translation shows the original, in its language", async (page) => {
  await open(page, "hash.html");
  await page.locator("a.language").click();
  await page.waitForURL(/en\/hash\.html/);
  assert.match(await page.locator(".notice").innerText(), /한국어/);
  assert.equal(await page.locator("article").getAttribute("lang"), "ko");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await page.locator("link[rel=canonical]").getAttribute("href"), "https://example.org/hash.html");
});

await journey("keys move through headings and posts, and stay out of fields", async (page) => {
  await open(page, "interpreter.html");
  const hash = () => page.evaluate(() => decodeURIComponent(location.hash));
  await page.keyboard.press("j");
  assert.equal(await hash(), "#제너레이터와-프레임");
  await page.keyboard.press("j");
  assert.equal(await hash(), "#느리게-하는-일");
  await page.keyboard.press("k");
  assert.equal(await hash(), "#제너레이터와-프레임");
  await page.keyboard.press("?");
  assert.equal(await page.locator("dialog.keys[open]").count(), 1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.waitForURL(/hash\.html/);
  await page.keyboard.press("p");
  await page.waitForURL(/interpreter\.html/);
  await page.keyboard.press("/");
  await page.locator("dialog.search-window[open] input").waitFor();
  await page.keyboard.type("ntl");
  assert.match(page.url(), /interpreter\.html/);
});

await journey("the theme stays, and does not flash", async (page) => {
  await open(page, "interpreter.html");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.keyboard.press("t");
  const dark = await ground();
  assert.notEqual(dark, light);
  await open(page, "en/interpreter.html");
  assert.equal(await ground(), dark);
  // The theme stands before the first stylesheet is read.
  assert.equal(await page.evaluate(() => document.head.innerHTML.indexOf("localStorage") < document.head.innerHTML.indexOf("stylesheet")), true);
  await page.locator("button.theme").click();
  assert.equal(await ground(), light);
});

await journey("the site's own fonts are small, and English pages load no Hangul", async (page) => {
  const loaded = {};
  page.on("response", async (response) => {
    if (response.url().endsWith(".woff2")) loaded[response.url().split("/").pop()] = (await response.body()).length;
  });
  await open(page, "en/404.html");
  await page.evaluate(() => document.fonts.ready);
  assert.deepEqual(Object.keys(loaded).filter((name) => name.startsWith("hangul")), []);
  assert.equal(await page.evaluate(() => document.fonts.check("16px 'Gieok Sans'", "abc")), true);
  await open(page, "interpreter.html");
  await page.evaluate(() => document.fonts.ready);
  const size = Object.values(loaded).reduce((sum, size) => sum + size, 0);
  assert.ok(Object.keys(loaded).some((name) => name.startsWith("hangul-400")), JSON.stringify(loaded));
  assert.ok(size <= 110_000, `${size} bytes`);
  assert.equal((await page.request.get(`${origin}/assets/fonts/OFL.txt`)).status(), 200);
});

await journey("a link to a post comes with a card", async (page) => {
  await open(page, "interpreter.html");
  const url = await page.locator('meta[property="og:image"]').getAttribute("content");
  assert.match(url, /^https:\/\/example\.org\/assets\/cards\/[0-9a-f]+\.png$/);
  const card = await page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, new URL(url).pathname);
  assert.deepEqual(card, [1200, 630]);
});

await journey("copying takes the source only", async (page, context) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "interpreter.html");
  await page.locator("figure.python button.copy").first().click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, "import sys\n\nitems = []\nprint(len(items))   # 0\nprint(sys.getsizeof(items))  # 56\n");
});

await journey("hidden lines come when they are asked for, and are copied then", async (page, context) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "blocks.html");
  const block = page.locator("#noted");
  const copied = async () => {
    await block.locator("button.copy").click();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const seen = "copy = shelf\nprint(len(copy), copy is shelf)\nprint(len(copy))              # 1\n";
  assert.equal(await copied(), seen);
  assert.equal((await block.locator("pre").first().innerText()).includes("import sys"), false);
  await block.locator(".reveal").click();
  assert.equal((await block.locator("pre").first().innerText()).includes("import sys"), true);
  assert.equal(await copied(), 'shelf = ["책"]\nimport sys\n' + seen);
});

await journey("on a phone the column of comments closes up, and is copied as it was written", async (page, context) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "blocks.html");
  const gap = page.locator("#noted .gap").last();
  assert.equal(await gap.isVisible(), false);
  await page.locator("#noted button.copy").click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /print\(len\(copy\)\) {14}# 1\n/);
  await page.setViewportSize({ width: 1200, height: 800 });
  assert.ok((await gap.evaluate((gap) => gap.getBoundingClientRect().width)) > 80);
}, { viewport: { width: 360, height: 800 } });

await journey("a mark in the code leads to its note, lines are pointed at, a question keeps its answer", async (page) => {
  await open(page, "blocks.html");
  assert.equal(await page.locator("#noted mark.line").count(), 2);
  await page.locator("#noted .ref").last().click();
  assert.equal(new URL(page.url()).hash, "#noted.2");
  assert.equal(await page.locator("li:target").innerText(), "그래도 하나입니다.");
  assert.equal(await page.getByText("비밀", { exact: true }).first().isVisible(), false);
  await page.getByText("답은?").click();
  assert.equal(await page.locator("#asked .output").isVisible(), true);
  assert.equal(await page.locator("figure.picture figcaption").innerText(), "빈 칸");
}, { javaScriptEnabled: false });

await journey("the table of contents follows the reader", async (page) => {
  await open(page, "interpreter.html");
  await page.evaluate(() => document.getElementById("느리게-하는-일").scrollIntoView());
  await page.locator(".toc a[aria-current]", { hasText: "느리게 하는 일" }).waitFor();
}, { viewport: { width: 1440, height: 500 } });

await journey("how far a post is read is seen, and of a page that fits nothing", async (page) => {
  const line = () => page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector(".masthead"), "::after").transform).a);
  await open(page, "interpreter.html");
  assert.equal(await line(), 0);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForFunction(() => new DOMMatrix(getComputedStyle(document.querySelector(".masthead"), "::after").transform).a > 0.95);
  await page.setViewportSize({ width: 1200, height: 9000 });
  await page.reload();
  assert.equal(await line(), 0);
});

await journey("an old address leads to the new one", async (page) => {
  await open(page, "old/interpreter/");
  await page.waitForURL(/\/interpreter\.html$/);
});

await journey("what is not there says so", async (page) => {
  const answer = await page.request.get(`${origin}/nowhere.html`);
  assert.equal(answer.status(), 404);
  assert.match(await answer.text(), /찾는 페이지가 없습니다/);
});

await journey("versions are tabs: one choice for all blocks, by keys too, and remembered", async (page) => {
  await open(page, "blocks.html");
  const chosen = () => page.locator("[role=tab][aria-selected=true]").allTextContents();
  const seen = () => page.locator("#by-version [role=tabpanel]:visible samp").innerText();
  assert.deepEqual(await chosen(), ["3.13, 3.14", "3.12, 3.13"]);
  assert.match(await seen(), /\(2000, 10, 10\)/);
  assert.equal(await page.locator("#by-version mark.changed:visible").innerText(), "(2000, 10, 10)");
  const tab = page.locator("#by-version [role=tab]").first();
  const top = async () => (await tab.boundingBox()).y;
  await tab.scrollIntoViewIfNeeded();
  const before = await top();
  await tab.click();
  assert.ok(Math.abs(await top() - before) < 2, "what the reader looks at stays where it is");
  assert.deepEqual(await chosen(), ["3.12", "3.12, 3.13"]);
  assert.match(await seen(), /\(700, 10, 10\)/);
  await page.keyboard.press("End");
  assert.deepEqual(await chosen(), ["3.13, 3.14", "3.14"]);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "3.13, 3.14");
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await chosen(), ["3.12", "3.12, 3.13"], "round the end");
  await page.reload();
  assert.deepEqual(await chosen(), ["3.12", "3.12, 3.13"], "remembered");
  assert.equal(await page.locator("#by-version [role=tab][tabindex='0']").count(), 1);
  assert.match(await page.locator("#by-version pre").first().innerText(), /3\.12에서 \(700, 10, 10\) · 3\.13부터 참/);
  assert.deepEqual(await page.locator(".changes tbody tr").allInnerTexts(), ["print(gc.get_threshold())\t(700, 10, 10)\t(2000, 10, 10)", "print(().__sizeof__())\t24\t32"]);
});

await journey("on paper every version is there", async (page) => {
  await open(page, "blocks.html");
  await page.emulateMedia({ media: "print" });
  const panels = page.locator("#by-version .version");
  assert.equal(await panels.count(), 2);
  for (const panel of await panels.all()) assert.equal(await panel.isVisible(), true);
  assert.deepEqual(await page.locator("#by-version .name:visible").allInnerTexts(), ["파이썬 3.12", "파이썬 3.13, 3.14"]);
  assert.equal(await page.locator("[role=tablist]:visible").count(), 0);
});

await journey("without script all versions are listed", async (page) => {
  await open(page, "blocks.html");
  assert.deepEqual(await page.locator("#by-version .name:visible").allInnerTexts(), ["파이썬 3.12", "파이썬 3.13, 3.14"]);
  assert.equal(await page.locator("#by-version samp:visible").count(), 2);
}, { javaScriptEnabled: false });

await journey("a session is copied without its prompts", async (page, context) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "blocks.html");
  assert.match(await page.locator("#at-prompt pre").innerText(), />>> x is y\nFalse/);
  await page.locator("#at-prompt button.copy").click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "x = 257\ny = 257\nx is y\n");
});

await journey("without script: everything to read, nothing dead", async (page) => {
  await open(page, "interpreter.html");
  assert.match(await page.locator("main").innerText(), /실은 명령어 하나씩입니다/);
  await page.locator("a.search").click();
  await page.waitForURL(/search\.html/);
  assert.match(await page.locator("main").innerText(), /자바스크립트/);
}, { javaScriptEnabled: false });

await browser.close();
close();
console.log(failed ? `${failed} journeys failed` : "every journey ends well");
process.exit(failed ? 1 : 0);
