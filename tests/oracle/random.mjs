// random.mjs - the same cases from the same seed, everywhere (mulberry32).
export function generator(seed) {
  let state = seed >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(unit() * n), chance = (p) => unit() < p, pick = (list) => list[below(list.length)];
  const some = (list, p) => list.filter(() => chance(p));
  const shuffled = (list) => list.map((one) => [unit(), one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one);
  return { unit, below, between: (a, b) => a + below(b - a + 1), chance, pick, some, shuffled };
}
