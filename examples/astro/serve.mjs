// Serves dist/ as a host of files does, with its _redirects: npm run preview. PORT is 4321 if nothing is said.
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml" };
const rules = new Map(
  readFileSync("dist/_redirects", "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(" "))
    .map(([from, to, status]) => [from, { to, status: Number(status) }]),
);

const server = createServer((request, response) => {
  const path = decodeURI(new URL(request.url, "http://localhost").pathname);
  const rule = rules.get(path);
  if (rule && rule.status < 400) return response.writeHead(rule.status, { Location: rule.to }).end();
  let file = join("dist", normalize(path));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  if (!rule && existsSync(file)) return send(response, 200, file);
  send(response, rule?.status ?? 404, join("dist", rule?.to ?? "404.html"));
});

function send(response, status, file) {
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(status, { "Content-Type": `${type}; charset=utf-8` });
  createReadStream(file).pipe(response);
}

server.listen(Number(process.env.PORT ?? 4321), "127.0.0.1", () => {
  console.log(`http://localhost:${server.address().port}`);
});
