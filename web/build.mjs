// Builds dist/: hashed scripts and styles, index.html, manifest, icon, service worker, and a .gz beside every text file.
// The generated types come from GEN (default ../build/gen); the Makefile passes its own.
import { build, context } from 'esbuild';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = process.env.DIST ?? join(here, 'dist');
const ENTRY_LIMIT = 40 * 1024;
const CHUNK_LIMIT = 60 * 1024;

function takeTypes() {
  const from = join(process.env.GEN ?? join(here, '../build/gen'), 'messages.ts');
  const to = join(here, 'src/generated');
  mkdirSync(to, { recursive: true });
  if (existsSync(from)) cpSync(from, join(to, 'messages.ts'));
  else if (!existsSync(join(to, 'messages.ts'))) throw new Error(`${from} is missing: run the generator first (make build/gen/stamp)`);
}

const options = {
  entryPoints: { app: join(here, 'src/main.tsx') },
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2021',
  minify: true,
  metafile: true,
  charset: 'utf8',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  outdir: join(dist, 'assets'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
};

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

function page(outputs) {
  const named = (start, end) =>
    Object.keys(outputs)
      .map((path) => path.split('/').pop())
      .find((name) => name.startsWith(start) && name.endsWith(end));
  const text = readFileSync(join(here, 'public/index.html'), 'utf8')
    .replace('%SCRIPT%', `/assets/${named('app-', '.js')}`)
    .replace('%STYLE%', `/assets/${named('app-', '.css')}`);
  writeFileSync(join(dist, 'index.html'), text);
}

// The worker knows every file of this build by name; its version is the hash of them all.
function worker() {
  const shell = files(dist)
    .map((path) => `/${relative(dist, path)}`)
    .filter((path) => path !== '/sw.js')
    .sort();
  const version = createHash('sha256')
    .update(shell.join('\n'))
    .update(readFileSync(join(dist, 'index.html')))
    .digest('hex')
    .slice(0, 16);
  const text = readFileSync(join(here, 'public/sw.js'), 'utf8')
    .replace('%VERSION%', version)
    .replace('[]', JSON.stringify(shell.map((path) => (path === '/index.html' ? '/' : path))));
  writeFileSync(join(dist, 'sw.js'), text);
}

function compress() {
  for (const path of files(dist))
    if (/\.(js|css|html|svg|webmanifest)$/.test(path)) writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
}

// What a phone loads before anything is shown: the entry and every chunk it imports at once.
function weigh(outputs) {
  const size = (path) => gzipSync(readFileSync(join(process.cwd(), path)), { level: 9 }).length;
  const entry = Object.keys(outputs).find((path) => outputs[path].entryPoint?.endsWith('main.tsx'));
  const first = new Set([entry]);
  for (const path of first) for (const one of outputs[path].imports) if (one.kind === 'import-statement') first.add(one.path);
  const total = [...first].reduce((sum, path) => sum + size(path), 0);
  console.log(`entry ${(total / 1024).toFixed(1)} KB gzip of ${ENTRY_LIMIT / 1024}`);
  const heavy = Object.keys(outputs).filter((path) => path.endsWith('.js') && !first.has(path) && size(path) > CHUNK_LIMIT);
  if (total > ENTRY_LIMIT || heavy.length > 0) throw new Error(`too heavy: entry ${total} bytes, chunks ${heavy.join(' ')}`);
}

takeTypes();
if (process.argv.includes('--watch')) {
  await (await context(options)).watch();
} else {
  rmSync(dist, { recursive: true, force: true });
  const { metafile } = await build(options);
  cpSync(join(here, 'public'), dist, { recursive: true });
  page(metafile.outputs);
  worker();
  weigh(metafile.outputs);
  compress();
}
