// Pagefind with its defaults: one page per document, its own client in headless Chromium.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { close, createIndex } from "pagefind";

const COLD_QUERIES = 20;
const FLAGS = ["--headless=new", "--disable-background-networking", "--no-first-run"];
const TYPES = { html: "text/html", js: "text/javascript", mjs: "text/javascript" };

export async function rankPagefind(documents, queries) {
  const start = performance.now();
  const bundle = await buildBundle(documents);
  const seconds = (performance.now() - start) / 1000;
  const step = Math.max(1, Math.floor(queries.length / COLD_QUERIES));
  const spread = queries.filter((_, number) => number % step === 0).slice(0, COLD_QUERIES);
  const cold = spread.map(([, query]) => query);
  const ids = documents.map(({ id }) => id);
  const { timed, loads } = await runBrowser(bundle, { ids, queries, cold });
  return { ...timed, bytes: pickMedian(loads), build_seconds: seconds };
}

// Path → bytes; a document's page is named by its index in the corpus.
async function buildBundle(documents) {
  const escape = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const { index } = await createIndex();
  for (const [number, { question, answer }] of documents.entries()) {
    const body = `<h1>${escape(question)}</h1><p>${escape(answer)}</p>`;
    const content = `<!doctype html><html lang="ja"><body>${body}</body></html>`;
    const { errors } = await index.addHTMLFile({ url: `/${number}.html`, content });
    if (errors.length) throw new Error(errors.join("\n"));
  }
  const { files } = await index.getFiles();
  await close();
  return new Map(files.map(({ path, content }) => [path, content]));
}

// Serves the bundle as /RUN/pagefind/…: a new run fetches what a first visit does.
async function runBrowser(bundle, task) {
  const own = (name) => readFileSync(new URL(name, import.meta.url));
  const pages = { "/": own("page.html"), "/timing.mjs": own("timing.mjs") };
  pages["/task.json"] = JSON.stringify(task);
  const loads = {};
  const profile = mkdtempSync(`${tmpdir()}/peers-`);
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const flags = [...FLAGS, `--user-data-dir=${profile}`, address];
  // Chromium's sandbox does not work for root.
  if (process.getuid?.() === 0) flags.unshift("--no-sandbox");
  const browser = spawn(process.env.CHROMIUM ?? "chromium", flags, { stdio: "ignore" });
  const ended = new Promise((resolve) => browser.once("error", resolve).once("close", resolve));
  const posted = new Promise((resolve) => {
    server.on("request", async (request, response) => {
      const { pathname } = new URL(request.url, address);
      const [, run, path] = /^\/(\w+)\/pagefind\/(.+)$/.exec(pathname) ?? [];
      const body = path ? bundle.get(path) : pages[pathname];
      if (path && body) countLoad((loads[run] ??= {}), path, body);
      const type = TYPES[/\.(\w+)$/.exec(pathname)?.[1] ?? "html"] ?? "application/octet-stream";
      response.writeHead(body ? 200 : 404, { "Content-Type": type }).end(body);
      if (request.method === "POST") resolve(JSON.parse(Buffer.concat(await request.toArray())));
    });
  });
  const failed = ended.then((why) => ({ error: `Chromium ended: ${why}` }));
  const timed = await Promise.race([posted, failed]);
  browser.kill();
  await ended;
  server.closeAllConnections();
  server.close();
  // Chromium's child processes still write for a moment; rm() retries, rmSync() does not.
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  if (timed.error) throw new Error(timed.error);
  const { warm, ...others } = loads;
  return { timed, loads: Object.values(others) };
}

// Pagefind's own files are compressed already, its scripts are not.
function countLoad(load, path, body) {
  const part = /entry|wasm|meta|index|filter|fragment/.exec(path)?.[0] ?? "library";
  load[part] = (load[part] ?? 0) + Math.min(body.length, gzipSync(body).length);
}

// The parts of the median run: the medians of each part would not add up to any run's total.
function pickMedian(loads) {
  const total = (load) => Object.values(load).reduce((sum, size) => sum + size, 0);
  return loads.sort((one, other) => total(one) - total(other))[Math.floor(loads.length / 2)];
}
