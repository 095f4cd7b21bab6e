// differ.mjs - for whoever looks into a disagreement: the first cases in which product and oracle differ, each reduced to what matters for it.
//   CASES=2000 SEED=1 SHOW=5 node tests/oracle/differ.mjs
import { cases } from './cases.mjs';
import { ask, line, wanted } from './product.mjs';

const { CASES = 2000, SEED = 20261231, SHOW = 5 } = process.env;
const differs = (one) => JSON.stringify(ask([one])[0]) !== JSON.stringify(wanted(one));

// Leaves out whatever can go while they still differ.
function reduced(one) {
  for (let again = true; again;) {
    again = false;
    for (const name of ['rows', 'absences', 'overrides', 'swaps', 'closures', 'rotations', 'unreachable', 'left', 'deputies', 'stations', 'consented_rotations'])
      for (let n = one.world[name].length - 1; n >= 0; n--) {
        const fewer = { ...one, world: { ...one.world, [name]: one.world[name].filter((_, m) => m !== n) } };
        if ((name !== 'rows' || fewer.world.rows.length || !one.world.terminal_rows) && differs(fewer)) { one = fewer; again = true; }
      }
  }
  return one;
}

const list = [...cases(Number(SEED), Number(CASES))], answers = ask(list), wrong = list.filter((one, n) => JSON.stringify(answers[n]) !== JSON.stringify(wanted(one)));
console.log(`${wrong.length} of ${list.length} differ`);
for (const one of wrong.slice(0, Number(SHOW)).map(reduced)) {
  console.log(`\n${line(one, one.number)}\n${new Date(one.at / 1000 + 9 * 3600e3).toISOString().replace('Z', ' JST')}\n wanted ${JSON.stringify(wanted(one))}\n got    ${JSON.stringify(ask([one])[0])}`);
}
