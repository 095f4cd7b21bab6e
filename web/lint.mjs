// What the compiler does not see: the same keys and parameters in both catalogues, every key used, no line too long, no second origin, no inline style.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('./src', import.meta.url));
const problems = [];

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? (name === 'generated' ? [] : files(path)) : [path];
  });
}

function catalogue(name) {
  const entries = new Map();
  for (const match of readFileSync(join(source, `i18n/${name}.ts`), 'utf8').matchAll(/^ {2}'?([\w.]+)'?:\s*(?:'(.*)'|"(.*)"),$/gm)) {
    if (entries.has(match[1])) problems.push(`${name}: ${match[1]} stands twice`);
    entries.set(match[1], match[2] ?? match[3]);
  }
  return entries;
}

const params = (text) =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1])
    .sort()
    .join(' ');
const ja = catalogue('ja');
const en = catalogue('en');
for (const key of new Set([...ja.keys(), ...en.keys()])) {
  if (!ja.has(key) || !en.has(key)) problems.push(`${key} is missing in ${ja.has(key) ? 'en' : 'ja'}`);
  else if (params(ja.get(key)) !== params(en.get(key))) problems.push(`${key}: parameters differ`);
}

const texts = files(source)
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => [path.slice(source.length + 1), readFileSync(path, 'utf8')]);
const all = texts
  .filter(([path]) => !path.startsWith('i18n/'))
  .map(([, text]) => text)
  .join('\n');
const built = [...all.matchAll(/t\(`([\w.]+)\$\{/g)].map((match) => match[1]);
for (const key of ja.keys()) if (!all.includes(`'${key}'`) && !built.some((start) => key.startsWith(start))) problems.push(`${key} is used nowhere`);
for (const [path, text] of texts) {
  if (/https?:\/\//.test(text)) problems.push(`${path}: names another origin`);
  if (/\sstyle=|dangerouslySetInnerHTML|innerHTML/.test(text)) problems.push(`${path}: inline style or markup`);
  for (const [at, line] of text.split('\n').entries()) if (line.length > 200) problems.push(`${path}:${at + 1}: ${line.length} characters`);
}
for (const problem of problems) console.error(problem);
console.log(`${ja.size} keys, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
