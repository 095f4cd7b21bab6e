// What the map of facilities reckons: its window in degrees, where a point stands on the screen, where an arrow key leads.

export interface View {
  west: number;
  south: number;
  east: number;
  north: number;
}
export interface Spot {
  x: number;
  y: number;
}

export const viewOf = (text: string): View => {
  const [west, south, east, north] = text.split(',').map(Number);
  return { west: west!, south: south!, east: east!, north: north! };
};
export const textOf = ({ west, south, east, north }: View): string => [west, south, east, north].map((side) => side.toFixed(6)).join(',');

const LEAST = 0.004;

// With room around it, never so small that a street fills it, and as wide and high as the screen wants it.
export function fitted(view: View, width: number, height: number): View {
  const middle = { x: (view.west + view.east) / 2, y: (view.south + view.north) / 2 };
  const narrow = Math.cos((middle.y * Math.PI) / 180);
  const wide = Math.max(view.east - view.west, LEAST) * 1.1;
  const tall = Math.max(view.north - view.south, LEAST * narrow) * 1.1;
  const scale = Math.max((wide * narrow) / width, tall / height);
  const half = { x: (scale * width) / narrow / 2, y: (scale * height) / 2 };
  return { west: middle.x - half.x, south: middle.y - half.y, east: middle.x + half.x, north: middle.y + half.y };
}

export const screenOf = (view: View, width: number, height: number, longitude: number, latitude: number): Spot => ({
  x: ((longitude - view.west) / (view.east - view.west)) * width,
  y: ((view.north - latitude) / (view.north - view.south)) * height,
});

// factor 0.5: twice as near; the middle may move by parts of the window.
export function moved(view: View, factor: number, right = 0, up = 0): View {
  const wide = view.east - view.west;
  const tall = view.north - view.south;
  const factorOf = wide * factor < LEAST ? LEAST / wide : wide * factor > 40 ? 40 / wide : factor;
  const middle = { x: (view.west + view.east) / 2 + wide * right, y: (view.south + view.north) / 2 + tall * up };
  const half = { x: (wide * factorOf) / 2, y: (tall * factorOf) / 2 };
  return { west: middle.x - half.x, south: middle.y - half.y, east: middle.x + half.x, north: middle.y + half.y };
}

// Outlines come in ten-thousandths of a degree, south counted downwards.
export function matrixOf(view: View, width: number, height: number): string {
  const x = width / (view.east - view.west) / 10_000;
  const y = height / (view.north - view.south) / 10_000;
  return `matrix(${x} 0 0 ${y} ${-view.west * 10_000 * x} ${view.north * 10_000 * y})`;
}

const AHEAD: Readonly<Record<string, Spot>> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };

// The nearest point in the direction of an arrow key; what lies aside counts twice.
export function nextSpot(spots: readonly Spot[], from: number, key: string): number {
  const ahead = AHEAD[key];
  const start = spots[from];
  if (!ahead || !start) return from;
  let best = from;
  let least = Infinity;
  for (const [at, spot] of spots.entries()) {
    const along = (spot.x - start.x) * ahead.x + (spot.y - start.y) * ahead.y;
    const aside = Math.abs((spot.x - start.x) * ahead.y) + Math.abs((spot.y - start.y) * ahead.x);
    if (at === from || along <= 0 || along + 2 * aside >= least) continue;
    best = at;
    least = along + 2 * aside;
  }
  return best;
}

// Area grows with the number.
export const radiusOf = (count: number): number => Math.min(26, 8 + 3 * Math.log2(count));
