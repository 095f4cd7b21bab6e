// Runs every walk_*.spec.mjs (or those named) in one browser against one region; prints TAP and ends with the number of failures.
// REGION or VAR names the running region; MOCK=1 uses the stand-in; ONLY filters by words of the test's name; SHOTS keeps pictures.
import { readdirSync } from 'node:fs';
import { Tap, World, launch, openRegion } from './lib.mjs';

const here = new URL('.', import.meta.url);
const wanted = process.argv.slice(2);
const specs = readdirSync(here)
  .filter((name) => /^walk_.*\.spec\.mjs$/.test(name))
  .filter((name) => wanted.length === 0 || wanted.some((one) => name.includes(one)))
  .sort();
const region = await openRegion();
const browser = await launch();
const tap = new Tap();
const world = new World(region, browser);
try {
  for (const name of specs) {
    const { default: walk } = await import(new URL(name, here));
    await tap.test(`${name} can be walked`, () => walk(world, tap));
    await world.closeAll();
  }
  tap.result(world.foreign.length === 0, 'no request left the origin', world.foreign.slice(0, 10).join('\n'));
  tap.result(world.noise.length === 0, 'no page threw an error or broke the content security policy', world.noise.slice(0, 5).join('\n'));
} finally {
  await browser.close();
  region.stop();
}
process.exit(tap.end());
