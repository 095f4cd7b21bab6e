// proto/openapi.json and asyncapi.json are whole: every reference leads somewhere, every path parameter is declared, every operation answers.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const proto = join(dirname(fileURLToPath(import.meta.url)), '../../proto');
let count = 0;

function ok (problems, name) {
    console.log(`${problems.length ? 'not ' : ''}ok ${++count} - ${name}`);
    problems.slice(0, 10).forEach(problem => console.log(`# ${problem}`));
}

function resolve (document, reference) {
    return reference.replace(/^#\//, '').split('/').reduce((at, part) => at?.[part.replace(/~1/g, '/').replace(/~0/g, '~')], document);
}

function danglingReferences (document, at = document, path = '') {
    if (at === null || typeof at !== 'object')
        return [];
    const own = typeof at.$ref === 'string' && resolve(document, at.$ref) === undefined ? [`${path}: ${at.$ref}`] : [];
    return own.concat(...Object.entries(at).map(([key, value]) => danglingReferences(document, value, `${path}/${key}`)));
}

function operations (api) {
    return Object.entries(api.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })));
}

const parameter = (api, given) => given.$ref ? resolve(api, given.$ref) : given;

const api = JSON.parse(readFileSync(join(proto, 'openapi.json'), 'utf8'));
const events = JSON.parse(readFileSync(join(proto, 'asyncapi.json'), 'utf8'));
const all = operations(api);

ok(/^3\.1\./.test(api.openapi) && api.info.title && api.info.version ? [] : ['head'], 'openapi.json says it is OpenAPI 3.1');
ok(danglingReferences(api), 'every reference of openapi.json leads somewhere');
ok(all.flatMap(({ path, operation }) => {
    const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort();
    const given = operation.parameters.map(p => parameter(api, p)).filter(p => p.in === 'path').map(p => p.name).sort();
    return wanted.join() === given.join() ? [] : [`${path}: ${wanted} against ${given}`];
}), 'the parameters of every path are declared');
ok(all.filter(({ operation }) => !operation.responses['200'] || !operation.responses.default).map(({ path }) => path),
   'every operation has an answer and a refusal');
const isPartners = operation => operation.security?.some(one => 'partner' in one);
ok(all.filter(({ method, operation }) => method === 'post' && !isPartners(operation) && !operation.parameters.some(p => parameter(api, p).name === 'Idempotency-Key')).map(({ path }) => path),
   'every POST but a partner\'s asks for an Idempotency-Key');
const names = all.map(({ operation }) => operation.operationId);
ok(names.filter((name, i) => names.indexOf(name) !== i), 'every operation has a name of its own');
ok(all.filter(({ operation }) => !operation.security && operation['x-roles'].length === 0).map(({ path }) => path),
   'every operation that needs a session names its roles');
ok(api.webhooks?.emergency_reported ? [] : ['webhooks'], 'the webhook of an emergency is described');

ok(/^3\.0\./.test(events.asyncapi) ? [] : ['head'], 'asyncapi.json says it is AsyncAPI 3.0');
ok(danglingReferences(events), 'every reference of asyncapi.json leads somewhere');
ok(Object.keys(events.channels).filter(name => !Object.values(events.operations).some(o => o.action === 'send' && o.channel.$ref.endsWith(`/${name}`))),
   'every event is announced by somebody');
ok(Object.entries(events.components.schemas).filter(([name, schema]) => events.components.messages[name] && JSON.stringify(schema.properties).includes('"text":'))
    .map(([name]) => name), 'no event carries free clinical text');
console.log(`1..${count}`);
