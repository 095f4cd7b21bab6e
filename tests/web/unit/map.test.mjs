import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { fitted, matrixOf, moved, nextSpot, radiusOf, screenOf, textOf, viewOf } = await load('lib/map.ts');
const view = { west: 139, south: 35, east: 139.4, north: 35.2 };

test('A-19: the part of the map that is looked at goes to the server and back as four degrees', () => {
  assert.deepEqual(viewOf(textOf(view)), view);
});

test('A-19: everything found fits into the window, with room around it, and a kilometre is as long across as upwards', () => {
  const seen = fitted(view, 400, 300);
  assert.ok(seen.west < 139 && seen.east > 139.4 && seen.south < 35 && seen.north > 35.2);
  const wide = (seen.east - seen.west) * Math.cos((35.1 * Math.PI) / 180);
  assert.ok(Math.abs(wide / (seen.north - seen.south) - 400 / 300) < 0.001);
});

test('A-19: one facility alone is shown with its surroundings', () => {
  const seen = fitted({ west: 139, south: 35, east: 139, north: 35 }, 300, 300);
  assert.ok(seen.east - seen.west > 0.004 && seen.east - seen.west < 0.01);
});

test('A-19: points and outlines stand in the same place', () => {
  const { x, y } = screenOf(view, 400, 200, 139.1, 35.15);
  const [a, , , d, e, f] = matrixOf(view, 400, 200).match(/-?[\d.e-]+/g).map(Number);
  assert.ok(Math.abs(x - 100) < 1e-6 && Math.abs(y - 50) < 1e-6);
  assert.ok(Math.abs(1_391_000 * a + e - x) < 1e-3 && Math.abs(-351_500 * d + f - y) < 1e-3);
});

test('A-19: nearer, farther and aside; never nearer than a street, never farther than Japan', () => {
  const near = moved(view, 0.5);
  assert.ok(Math.abs(near.east - near.west - 0.2) < 1e-9 && Math.abs(near.west + near.east - 278.4) < 1e-9);
  assert.ok(Math.abs(moved(view, 1, 0.5).west - 139.2) < 1e-9);
  assert.ok(moved(view, 1e-9).east - moved(view, 1e-9).west >= 0.0039);
  assert.ok(moved(view, 1e9).east - moved(view, 1e9).west <= 40.001);
});

test('A-19: an arrow key leads to the nearest point in its direction, and stays where there is none', () => {
  const spots = [{ x: 100, y: 100 }, { x: 140, y: 105 }, { x: 110, y: 160 }, { x: 300, y: 100 }, { x: 20, y: 90 }];
  assert.equal(nextSpot(spots, 0, 'ArrowRight'), 1);
  assert.equal(nextSpot(spots, 1, 'ArrowRight'), 3);
  assert.equal(nextSpot(spots, 0, 'ArrowDown'), 2);
  assert.equal(nextSpot(spots, 0, 'ArrowLeft'), 4);
  assert.equal(nextSpot(spots, 4, 'ArrowLeft'), 4);
  assert.equal(nextSpot(spots, 0, 'Enter'), 0);
  assert.equal(nextSpot([], 0, 'ArrowUp'), 0);
});

test('A-19: more facilities make a larger point, up to a limit', () => {
  assert.ok(radiusOf(1) < radiusOf(2) && radiusOf(2) < radiusOf(20) && radiusOf(1000) === radiusOf(100_000));
});
