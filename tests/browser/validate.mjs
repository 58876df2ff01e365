// Is the HTML of a built site valid? Does every link inside it lead somewhere?
//
//   node validate.mjs SITE_FOLDER
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";
import { HtmlValidate } from "html-validate";
import { kindOf, pagesOf } from "./pages.mjs";

const root = resolve(process.argv[2] ?? "public");
const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // Style, not validity: how tags, attributes and letters are written.
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "no-inline-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "long-title": "off",
    "no-raw-characters": "off",
    "doctype-style": "off",
    // Hangul and dots in ids are valid.
    "valid-id": ["error", { relaxed: true }],
    // A scrolling region takes the focus so that keys can scroll it.
    "no-redundant-role": "off",
    "prefer-native-element": "off",
    "svg-focusable": "off",
  },
});
const decode = (text) => text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
const idsOf = new Map();
const ids = (file) => {
  if (!idsOf.has(file)) idsOf.set(file, new Set([...readFileSync(file, "utf8").matchAll(/\sid="([^"]*)"/g)].map(([, id]) => decode(id))));
  return idsOf.get(file);
};
let failed = 0;
const say = (page, text) => { failed += 1; console.log(`${page}: ${text}`); };
const pages = pagesOf(root);
for (const page of pages) {
  const file = join(root, page), html = readFileSync(file, "utf8");
  const report = validator.validateStringSync(html, file);
  for (const result of report.results) for (const message of result.messages) say(page, `${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
  const from = kindOf(html) === "not-found" ? root : dirname(file);
  for (const [, written] of html.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
    const href = decode(written);
    if (/^([a-z]+:|\/\/)/i.test(href)) continue;
    const [path, fragment] = href.split("#");
    let target = path ? normalize(path.startsWith("/") ? join(root, decodeURIComponent(path)) : join(from, decodeURIComponent(path))) : file;
    if (existsSync(target) && statSync(target).isDirectory()) target = join(target, "index.html");
    if (!existsSync(target)) say(page, `${href} leads nowhere`);
    else if (fragment && target.endsWith(".html") && !ids(target).has(decodeURIComponent(fragment))) say(page, `${href}: no such place in the page`);
  }
}
console.log(failed ? `${failed} mistakes in ${pages.length} pages` : `${pages.length} pages are valid, and their links lead somewhere`);
process.exit(failed ? 1 : 0);
