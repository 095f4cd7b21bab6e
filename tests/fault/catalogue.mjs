// catalogue.mjs - what can be said in a region, read from the declarations in proto/.
import fs from 'node:fs';
import path from 'node:path';

const proto = path.resolve(import.meta.dirname, '../../proto');
export const services = ['registry', 'sharing', 'notify', 'dispatch'];

// NAME → its lines: { to: ['notify'], http: ['POST', '/emergencies'], urgent: [] … }.
function read(folder, ending) {
  const found = {};
  for (const file of fs.readdirSync(path.join(proto, folder)).filter((name) => name.endsWith(`.${ending}`))) {
    const lines = fs.readFileSync(path.join(proto, folder, file), 'utf8').split('\n').slice(1).map((line) => line.trim().split(/[\s,]+/));
    found[file.replace(`.${ending}`, '')] = Object.fromEntries(lines.filter(([word]) => word && word !== 'field').map(([word, ...rest]) => [word, rest]));
  }
  return found;
}
const readAll = (ending) => Object.assign({}, ...[...services, 'envelope'].map((folder) => read(folder, ending)));

export const commands = readAll('command'), queries = readAll('query'), events = readAll('event');

// The names of an enum by number.
export function namesOf(type) {
  const text = fs.readFileSync(path.join(proto, 'types', `${type}.type`), 'utf8');
  return Object.fromEntries([...text.matchAll(/^ *value +(\S+) +(\d+)/gm)].map(([, name, number]) => [number, name]));
}

export const heardBy = (event) => events[event].to.filter((service) => services.includes(service));
const hears = (service, line) => Object.values(events).some((event) => event.to.includes(service) && event[line]);
const isHeard = (service, line) => Object.values(events).some((event) => event.from[0] === service && !event.to.includes('none') && event[line]);

// Which service answers a message of the catalogue; what every service answers is 'runtime'.
export const serviceOf = (message) => ({ ...commands, ...queries })[message].to[0];

// No answer of these is kept: a secret is in it, or a part of a file is known by its offset.
export const isKept = (message) => !commands[message].secret_answer && !commands[message].stream;

// Messages of every service that some never get, as nobody has reason to send them there.
const common = {
  direct_event: [(service) => hears(service, 'urgent'), 'it hears nothing urgent'],
  projection_rebuild: [(service) => hears(service, 'state'), 'it keeps no projection'],
  snapshot_read: [(service) => isHeard(service, 'state'), 'nobody keeps a projection of what it announces'],
  events_after: [(service) => isHeard(service, 'to'), 'nobody hears it'],
  events_of: [(service) => isHeard(service, 'to'), 'nobody hears it'],
};

// Every message that reaches this service, and those of every service that do not, with the reason.
export function takenBy(service) {
  const all = Object.entries({ ...commands, ...queries }).filter(([, { to }]) => to[0] === service || to[0] === 'runtime').map(([name]) => name);
  const why = (name) => (common[name] && !common[name][0](service) ? common[name][1] : undefined);
  return { messages: all.filter((name) => !why(name)), left_out: all.filter(why).map((name) => [name, why(name)]) };
}
