// BUILD/gen/messages.ts says what openapi.json says: the same members, optional alike, of the same types; the same choices; the same addresses.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const path = join(resolve(root, process.env.BUILD ?? 'build'), 'gen/messages.ts');
const source = readFileSync(path, 'utf8');
const api = JSON.parse(readFileSync(join(root, 'proto/openapi.json'), 'utf8'));
const schemas = api.components.schemas;
let count = 0;

function ok (problems, name) {
    console.log(`${problems.length ? 'not ' : ''}ok ${++count} - ${name}`);
    problems.slice(0, 10).forEach(problem => console.log(`# ${problem}`));
}

const camel = name => name.replace(/(^|_)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());
const interfaces = Object.fromEntries([...source.matchAll(/export interface (\w+) \{\n([\s\S]*?)\n?\}\n/g)].map(([, name, body]) => [name,
    Object.fromEntries([...body.matchAll(/^  (\w+)(\??): (.+);$/gm)].map(([, member, mark, type]) => [member, mark + type]))]));
const unions = Object.fromEntries([...source.matchAll(/^export type (\w+) = (.+);$/gm)].map(([, name, words]) => [name, words.split(' | ').map(word => JSON.parse(word))]));

function scriptType (schema) {
    if (schema.$ref)
        return camel(schema.$ref.split('/').pop());
    if (schema.type === 'array')
        return `${scriptType(schema.items)}[]`;
    return { string: 'string', boolean: 'boolean', integer: 'number' }[schema.type];
}

function differences (name, schema, alsoGiven = {}) {
    const found = interfaces[camel(name)];
    if (!found)
        return [`no interface ${camel(name)}`];
    const wanted = { ...alsoGiven };
    for (const [member, property] of Object.entries(schema.properties))
        wanted[member] = (schema.required.includes(member) ? '' : '?') + scriptType(property);
    return [...new Set([...Object.keys(wanted), ...Object.keys(found)])].filter(member => wanted[member] !== found[member])
        .map(member => `${name}.${member}: ${found[member]}, not ${wanted[member]}`);
}

const operations = Object.entries(api.paths).flatMap(([at, item]) => Object.entries(item).map(([method, operation]) => ({ at, method, operation })));
const ofOperation = operation => operation.parameters.map(p => p.$ref ? {} : p).filter(p => p.name);
const messages = new Set(operations.map(({ operation }) => operation.operationId));
const objects = Object.entries(schemas).filter(([name, schema]) => schema.type === 'object' && name !== 'problem' && interfaces[camel(name)]);

ok(Object.entries(schemas).filter(([, schema]) => schema.enum).filter(([name, schema]) => schema.enum.join() !== unions[camel(name)]?.join()).map(([name]) => name),
   'every choice has the same words');
ok(objects.length > 80 ? [] : [`${objects.length}`], 'more than eighty records and answers are compared');
ok(objects.filter(([name]) => !messages.has(name)).flatMap(([name, schema]) => differences(name, schema)), 'records and answers have the same members, optional alike');
ok(operations.filter(({ operation }) => !operation.requestBody?.content['application/octet-stream']).flatMap(({ operation }) => {
    const given = Object.fromEntries(ofOperation(operation).map(p => {
        const version = p.in === 'header';      // If-Match carries a number in quotes
        const member = version ? Object.keys(interfaces[camel(operation.operationId)] ?? {}).find(name => /version|revision/.test(name)) : p.name;
        return [member, (p.required ? '' : '?') + (version ? 'number' : scriptType(p.schema))];
    }));
    return differences(operation.operationId, schemas[operation.operationId] ?? { properties: {}, required: [] }, given);
}), 'what is sent has the same members, from path, query, header and body together');

const { routes, labels, errors } = await load();
ok(operations.filter(({ at, method, operation }) => {
    const route = routes[operation.operationId], from = where => ofOperation(operation).filter(p => p.in === where).map(p => p.name).join();
    return !route || route.method !== method.toUpperCase() || route.path !== at || route.from_path.join() !== from('path') || route.from_query.join() !== from('query')
        || !route.if_match !== !from('header');
}).map(({ operation }) => operation.operationId), 'every message has the same address, and takes the same from path and query');
ok(Object.keys(routes).filter(name => !messages.has(name)), '...and there are no others');
ok(Object.entries(labels).filter(([name, words]) => schemas[name] && Object.keys(words).join() !== schemas[name].enum.join()).map(([name]) => name), 'every choice has its words');
ok([...Object.entries(labels).flatMap(([name, words]) => Object.entries(words).map(([word, texts]) => [`${name}.${word}`, texts])), ...Object.entries(errors)]
    .filter(([, [ja, en]]) => !/[ぁ-んァ-ヶ一-龠]|^(Webhook|SMS|FAX|119|JSON|CAP 1\.2)$/.test(ja) || !/^[\x20-\x7e–’“”…×°½]+$/.test(en)).map(([name, texts]) => `${name}: ${texts}`),
   'Japanese words are Japanese, English ones English');
ok(Object.entries(errors).filter(([, [ja, en]]) => [...ja.matchAll(/\{\w+\}/g)].sort().join() !== [...en.matchAll(/\{\w+\}/g)].sort().join()).map(([name]) => name),
   'both languages of a refusal tell the same parameters');

const compiler = join(root, 'web/node_modules/.bin/tsc');
if (existsSync(compiler)) {
    let said = [];
    try {
        execFileSync(compiler, ['--noEmit', '--strict', '--target', 'es2022', path], { encoding: 'utf8' });
    } catch (error) {
        said = error.stdout.split('\n');
    }
    ok(said, 'the TypeScript compiler takes it, strictly');
} else
    console.log(`ok ${++count} - the TypeScript compiler takes it, strictly # SKIP web/node_modules is not there`);
console.log(`1..${count}`);

// The tables of messages.ts without their types.
async function load () {
    const tables = [...source.matchAll(/export const (\w+)[^=]* = (\{[\s\S]*?\n\})(?: as const)?;/g)].map(([, name, body]) => `export const ${name} = ${body};`).join('\n');
    return import(`data:text/javascript;base64,${Buffer.from(tables).toString('base64')}`);
}
