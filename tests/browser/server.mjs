// A server for a built site, as a host would serve it: folders by their index.html, 404.html for what is not there.
import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";

const KINDS = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png", ".txt": "text/plain", ".woff2": "font/woff2" };

export const serve = (root) => new Promise((ready) => {
  const server = createServer((request, answer) => {
    let path = join(root, decodeURIComponent(new URL(request.url, "http://x").pathname));
    const send = (path, status) => { answer.writeHead(status, { "content-type": KINDS[extname(path)] ?? "application/octet-stream" }); answer.end(readFileSync(path)); };
    try {
      if (!resolve(path).startsWith(resolve(root))) throw new Error("outside");
      if (statSync(path).isDirectory()) path = join(path, "index.html");
      send(path, 200);
    } catch {
      const english = request.url.startsWith("/en/") ? "en/404.html" : "404.html";
      try { send(join(root, english), 404); } catch { answer.writeHead(404); answer.end(); }
    }
  });
  server.listen(0, "127.0.0.1", () => ready({ origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
});
