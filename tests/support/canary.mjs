// Watches that nothing leaves this computer, that the page's policy holds, and that the console
// stays free of errors, in every journey.
import { createServer } from 'node:http';

/** A server that nobody has a reason to call; it keeps what arrives. */
export async function openCanary() {
  const calls = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    response.writeHead(204, { 'Access-Control-Allow-Origin': '*' }).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    calls,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

/**
 * Collects every misdeed of a Playwright browser context. `allow(kind, text)` is asked before one
 * is kept: a journey about a failure expects the browser's own report of it.
 */
export async function watch(context, origin, allow = () => false) {
  const misdeeds = [];
  const note = (kind, text) => {
    if (!allow(kind, text)) misdeeds.push(`${kind}: ${text}`);
  };
  context.on('request', (request) => {
    const address = request.url();
    const own = address.startsWith(`${origin}/`) || address.startsWith(`blob:${origin}/`);
    if (!own && !address.startsWith('data:') && address !== 'about:blank') {
      note('foreign request', address);
    }
  });
  context.on('console', (message) => {
    if (message.type() === 'error') note('console error', message.text());
  });
  context.on('weberror', (error) => note('uncaught error', String(error.error())));
  context.on('page', (page) => page.on('crash', () => note('crash', page.url())));
  await context.exposeFunction('flightpathPolicyBroken', (text) => note('policy broken', text));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      window.flightpathPolicyBroken(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return misdeeds;
}
