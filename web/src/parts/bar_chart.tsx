// Lying bars, one a line: readable at any width, and by a screen reader as one sentence; the table beside it has the numbers.
interface Bar {
  label: string;
  value: number | undefined;
}

const LINE = 34, LABEL = 15, BAR = 10, WIDTH = 320, ROOM = 56;

export function BarChart({ title, bars, none }: { title: string; bars: readonly Bar[]; none: string }) {
  const most = Math.max(...bars.map((bar) => bar.value ?? 0), 0.0001);
  const said = bars.map((bar) => `${bar.label} ${bar.value ?? none}`).join('、');
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${bars.length * LINE}`} role="img" aria-label={`${title}: ${said}`}>
        {bars.map((bar, at) => {
          const width = ((bar.value ?? 0) / most) * (WIDTH - ROOM);
          return (
            <g key={bar.label} transform={`translate(0 ${at * LINE})`}>
              <text x="0" y={LABEL - 3} class="chart-label">
                {bar.label}
              </text>
              <rect x="0" y={LABEL + 2} width={Math.max(width, bar.value ? 1 : 0)} height={BAR} rx="2" class="chart-bar" />
              <text x={width + 5} y={LABEL + 11} class="chart-value">
                {bar.value ?? '―'}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
