// Brings one TypeScript module of web/src into node: bundled in memory, run as it is. Storage stands in for the browser's.
import { webcrypto } from 'node:crypto';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('../../../web/', import.meta.url));
const { build } = createRequire(`${web}package.json`)('esbuild');

// Node 18 has it, but not by this name.
globalThis.crypto ??= webcrypto;

export async function load(path) {
  const result = await build({
    entryPoints: [`${web}src/${path}`],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    nodePaths: [`${web}node_modules`],
  });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].text).toString('base64')}`);
}

// A localStorage of this process; `full` makes every write fail, as a full disk or a private window does.
export class Storage {
  constructor() {
    this.map = new Map();
    this.full = false;
  }
  get length() {
    return this.map.size;
  }
  key(at) {
    return [...this.map.keys()][at] ?? null;
  }
  getItem(key) {
    return this.map.get(key) ?? null;
  }
  setItem(key, value) {
    if (this.full) throw new Error('QuotaExceededError');
    this.map.set(key, value);
  }
  removeItem(key) {
    this.map.delete(key);
  }
}
