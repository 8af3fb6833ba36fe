// A CommonJS package of node_modules, for a page: its files are read here, and put together there.
import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';

const REQUIRE = /\brequire\(\s*['"]([^'"]+)['"]\s*\)/g;

/** A package that ships one file for Node and one for pages (jsonpath-plus does) is taken by the latter. */
function forPages(path) {
  const other = path.replace('index-node-cjs.cjs', 'index-browser-umd.cjs');
  return existsSync(other) ? other : path;
}

/**
 * The files that a package consists of, with all that they require, for `inPage`: { entry, files }.
 * A module that is Node's own is left out; a page that asks for it is refused.
 */
export function collect(name) {
  const files = {};
  const add = (path) => {
    if (files[path]) return;
    const source = readFileSync(path, 'utf8');
    const require = createRequire(path);
    const names = {};
    files[path] = { source, names };
    for (const [, wanted] of source.matchAll(REQUIRE)) {
      const found = forPages(require.resolve(wanted));
      if (found === wanted || found.startsWith('node:')) continue;
      names[wanted] = found;
      add(found);
    }
  };
  const entry = createRequire(import.meta.url).resolve(name);
  add(entry);
  return { entry, files };
}

/** Runs in the page: what the entry exports. */
export function inPage({ entry, files }) {
  const loaded = {};
  const load = (path) => {
    if (!loaded[path]) {
      const module = (loaded[path] = { exports: {} });
      const { source, names } = files[path];
      const require = (wanted) => {
        if (!names[wanted]) throw new Error(`${wanted} is not for pages`);
        return load(names[wanted]);
      };
      new Function('module', 'exports', 'require', 'global', source)(module, module.exports, require, globalThis);
    }
    return loaded[path].exports;
  };
  return load(entry);
}
