// A static server for the built program: for `cargo xtask serve`, the tests and the benchmarks.
// It listens on this computer alone and does nothing that an ordinary host would not do.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * Serves a folder below `base` ("/" or "/some/where/").
 * `intercept(request, response, path)` may answer instead, by returning true: a test uses it to
 * withhold or break a file.
 */
export async function serve(root, { port = 0, base = '/', intercept } = {}) {
  const folder = resolve(root);
  const requests = [];
  const server = createServer(async (request, response) => {
    const refuse = (status) => response.writeHead(status, { 'Content-Type': 'text/plain' }).end();
    let path;
    try {
      path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    } catch {
      return refuse(400);
    }
    requests.push(path);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    if (intercept && (await intercept(request, response, path))) return undefined;
    if (!path.startsWith(base)) return refuse(404);
    const inside = path.slice(base.length) + (path.endsWith('/') ? 'index.html' : '');
    const file = normalize(join(folder, inside));
    if (!file.startsWith(folder + sep) || file.includes('\0')) return refuse(404);
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) return refuse(404);
    const etag = `"${found.size.toString(16)}-${Math.round(found.mtimeMs).toString(16)}"`;
    // A name made of its content never holds anything else. The names of page, worker and boot.js
    // stay the same from release to release: browsers ask whether theirs still holds.
    const fixed = /(^|\/)program-[0-9a-f]{16}\//.test(inside);
    response.setHeader('Cache-Control', fixed ? 'max-age=31536000, immutable' : 'no-cache');
    response.setHeader('ETag', etag);
    if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
    response.writeHead(200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Length': found.size,
      'X-Content-Type-Options': 'nosniff',
    });
    if (request.method === 'HEAD') return response.end();
    return createReadStream(file).pipe(response);
  });
  await new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: origin + base,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [root, port] = process.argv.slice(2);
  try {
    const { url } = await serve(root, { port: Number(port) });
    console.log(`Flightpath is at ${url} (stop with Ctrl+C)`);
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    console.error(`Port ${port} is taken: cargo xtask serve --port 8081`);
    process.exitCode = 1;
  }
}
