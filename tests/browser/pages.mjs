// The pages of a built site, and the browser they are looked at with.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { chromium } from "playwright-core";

export const pagesOf = (root) => function find(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? find(path) : name.endsWith(".html") ? [relative(root, path)] : [];
  });
}(root).sort();

/** The kind of a page, as its body says; `redirect` for those that lead away at once. */
export const kindOf = (html) => /<body class="([^"]*)"/.exec(html)?.[1] ?? "redirect";

export const launch = (path) => chromium.launch({
  executablePath: path ?? process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync),
  args: ["--no-sandbox"],
});
