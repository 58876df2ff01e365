// Takes the picture of the README from a built page: from one element to another, in light or dark.
//
//   node picture.mjs PAGE.html FIRST_SELECTOR LAST_SELECTOR OUT.png [light|dark]

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [path, first, last, out, colorScheme = "light"] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ colorScheme, viewport: { width: 840, height: 900 }, deviceScaleFactor: 2 });
const page = await context.newPage();
await page.goto(pathToFileURL(resolve(path)).href);
await page.addStyleTag({ content: ".masthead{display:none}" });
const [top, bottom] = [await page.locator(first).first().boundingBox(), await page.locator(last).first().boundingBox()];
const edge = 24;
const clip = { x: top.x - edge, y: top.y - edge, width: Math.max(top.width, bottom.width) + 2 * edge, height: bottom.y + bottom.height - top.y + 2 * edge };
await page.screenshot({ path: out, clip, fullPage: true });
await browser.close();
