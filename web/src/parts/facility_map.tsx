// Facilities on a map without a map: outlines of the municipalities and, square by square, how many facilities lie there.  The same search
// as the list; by keyboard: arrows lead from point to point, Enter opens, + and - come nearer and go away.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { now } from '../app/clock.ts';
import { go } from '../app/route.ts';
import { t } from '../app/words.ts';
import type { BoundaryListAnswer, FacilityCluster, FacilityLine, FacilitySearchAnswer } from '../model.ts';
import { fitted, matrixOf, moved, nextSpot, radiusOf, screenOf, textOf, viewOf, type View } from '../lib/map.ts';
import type { Problem } from '../lib/problem.ts';
import { dayOf } from '../lib/time.ts';
import { Day, Refusal, Skeleton } from './basic.tsx';
import { Fold } from './form.tsx';

type Query = Readonly<Record<string, string | undefined>>;

function useClusters(query: Query, view: View | undefined): { answer?: FacilitySearchAnswer; problem?: Problem } {
  const [state, setState] = useState<{ answer?: FacilitySearchAnswer; problem?: Problem }>({});
  const key = JSON.stringify(query) + (view ? textOf(view) : '');
  useEffect(() => {
    let alive = true;
    const read = async () => {
      try {
        const answer = await api<FacilitySearchAnswer>('/facilities', { query: { ...query, cells: 24, view: view && textOf(view), limit: 1 } });
        if (alive) setState({ answer });
      } catch (error) {
        if (alive) setState({ problem: error as Problem });
      }
    };
    const timer = setTimeout(() => void read(), 150);
    return () => {
      alive = false;
      clearTimeout(timer);
    };
  }, [key]);
  return state;
}

// As wide as there is room.
function useWidth(): [{ current: HTMLDivElement | null }, number] {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    if (frame.current) watcher.observe(frame.current);
    return () => watcher.disconnect();
  }, []);
  return [frame, width];
}

export function FacilityMap({ query }: { query: Query }) {
  const [frame, width] = useWidth();
  const [view, setView] = useState<View>();
  const [chosen, setChosen] = useState<FacilityCluster>();
  const { answer, problem } = useClusters(query, view);
  const outlines = useLoad('boundaries', () => api<BoundaryListAnswer>('/boundaries'));
  const height = Math.round(Math.max(260, Math.min(width * 0.7, 560)));
  const key = JSON.stringify(query);
  // Another question: everything found is shown again.
  useEffect(() => {
    setView(undefined);
    setChosen(undefined);
  }, [key]);
  const seen = width && answer?.extent ? (view ?? fitted(viewOf(answer.extent), width, height)) : undefined;
  const move = (factor: number, right = 0, up = 0) => seen && setView(moved(seen, factor, right, up));
  const open = (cluster: FacilityCluster) => (cluster.facility_id ? go(`/facilities/${cluster.facility_id}`) : setChosen(cluster));
  return (
    <>
      <Refusal problem={problem ?? outlines.problem} />
      <div class="map" ref={frame}>
        {!answer && !problem && <Skeleton lines={6} />}
        {seen && (
          <>
            <Tools move={move} all={() => setView(undefined)} />
            <Picture view={seen} width={width} height={height} clusters={answer?.clusters ?? []} outlines={outlines.data} open={open} move={move} />
          </>
        )}
      </div>
      {chosen && (
        <Here query={query} cluster={chosen} nearer={() => setView(fitted(viewOf(chosen.box), width, height))} />
      )}
      <Notes answer={answer} outlines={outlines.data} query={query} />
    </>
  );
}

function Tools({ move, all }: { move: (factor: number, right?: number, up?: number) => void; all: () => void }) {
  const tools: [string, string, () => void][] = [
    ['＋', t('map.nearer'), () => move(0.5)],
    ['－', t('map.farther'), () => move(2)],
    ['←', t('map.west'), () => move(1, -0.4)],
    ['→', t('map.east'), () => move(1, 0.4)],
    ['↑', t('map.north'), () => move(1, 0, 0.4)],
    ['↓', t('map.south'), () => move(1, 0, -0.4)],
  ];
  return (
    <div class="map-tools no-print" role="group" aria-label={t('map.tools')}>
      {tools.map(([sign, name, act]) => (
        <button key={name} type="button" class="button quiet small" aria-label={name} title={name} onClick={act}>
          {sign}
        </button>
      ))}
      <button type="button" class="button quiet small" onClick={all}>
        {t('map.all')}
      </button>
      <button type="button" class="button quiet small" onClick={() => print()}>
        {t('print')}
      </button>
    </div>
  );
}

interface PictureProps {
  view: View;
  width: number;
  height: number;
  clusters: readonly FacilityCluster[];
  outlines: BoundaryListAnswer | undefined;
  open: (cluster: FacilityCluster) => void;
  move: (factor: number) => void;
}

function Picture({ view, width, height, clusters, outlines, open, move }: PictureProps) {
  const [at, setAt] = useState(0);
  const points = useRef<(SVGGElement | null)[]>([]);
  const spots = clusters.map((one) => screenOf(view, width, height, Number(one.longitude), Number(one.latitude)));
  const current = Math.min(at, clusters.length - 1);
  const keys = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '-') move(event.key === '+' ? 0.5 : 2);
    else if (event.key.startsWith('Arrow')) {
      const next = nextSpot(spots, current, event.key);
      setAt(next);
      points.current[next]?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') open(clusters[current]!);
    else return;
    event.preventDefault();
  };
  return (
    <svg class="map-picture" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('map.label')} onKeyDown={keys}>
      <g transform={matrixOf(view, width, height)}>
        {outlines?.boundaries.map((one) => (
          <path key={one.municipality} class="map-outline" d={one.path} vector-effect="non-scaling-stroke">
            <title>{one.name}</title>
          </path>
        ))}
      </g>
      {clusters.map((one, i) => (
        <g
          key={one.box}
          ref={(element) => void (points.current[i] = element)}
          class="map-point"
          role={one.facility_id ? 'link' : 'button'}
          tabIndex={i === current ? 0 : -1}
          aria-label={one.name ? `${one.name} ${one.service ?? ''}` : t('map.several', { count: one.count })}
          transform={`translate(${spots[i]!.x} ${spots[i]!.y})`}
          onFocus={() => setAt(i)}
          onClick={() => open(one)}>
          <circle r={radiusOf(one.count)} />
          {one.count > 1 && <text dy="0.35em">{one.count}</text>}
        </g>
      ))}
    </svg>
  );
}

function useLines(query: Query): { lines: readonly FacilityLine[]; count: number; problem?: Problem } {
  const found = useLoad(`lines-${JSON.stringify(query)}`, () => api<FacilitySearchAnswer>('/facilities', { query: { ...query, limit: 50 } }));
  return { lines: found.data?.facilities ?? [], count: found.data?.count ?? 0, problem: found.problem };
}

function Lines({ query }: { query: Query }) {
  const { lines, count, problem } = useLines(query);
  return (
    <>
      <Refusal problem={problem} />
      <ul class="rows">
        {lines.map((one) => (
          <li key={one.facility_id} class="row row-pad office">
            <span class="row-text">
              <a href={`/facilities/${one.facility_id}`}>{one.name}</a>
            </span>
            <span class="row-note">
              {one.service}
              <span class="fact-line">{one.address}</span>
            </span>
          </li>
        ))}
      </ul>
      {count > lines.length && lines.length > 0 && <p class="hint">{t('map.more', { count: count - lines.length })}</p>}
    </>
  );
}

// What lies in one square.
function Here({ query, cluster, nearer }: { query: Query; cluster: FacilityCluster; nearer: () => void }) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), [cluster.box]);
  return (
    <section class="section">
      <h2 ref={head} tabIndex={-1}>
        {t('map.here', { count: cluster.count })}
      </h2>
      <p>
        <button type="button" class="button quiet small" onClick={nearer}>
          {t('map.here_nearer')}
        </button>
      </p>
      <Lines query={{ ...query, box: cluster.box }} />
    </section>
  );
}

// What the map cannot show, of what day it is, and whose outlines they are.
function Notes({ answer, outlines, query }: { answer: FacilitySearchAnswer | undefined; outlines: BoundaryListAnswer | undefined; query: Query }) {
  const credits = [...new Set(outlines?.boundaries.map((one) => one.credit))];
  const edition = outlines?.boundaries.map((one) => one.edition).sort()[0];
  return (
    <div class="map-notes">
      <p class="hint no-print">{t('map.help')}</p>
      {edition && (
        <p class="soft">
          {t('map.outlines')} <Day date={edition} />
        </p>
      )}
      {credits.map((credit) => (
        <p key={credit} class="soft">
          {t('map.credit', { credit })}
        </p>
      ))}
      {outlines && outlines.boundaries.length === 0 && <p class="soft">{t('map.no_outlines')}</p>}
      {outlines && outlines.boundaries.length > 0 && outlines.missing.length > 0 && <p class="soft">{t('map.missing', { names: outlines.missing.join('、') })}</p>}
      <p class="print-only">{t('map.edition', { date: dayOf(now.value), count: answer?.count ?? 0 })}</p>
      {!!answer?.unplaced && (
        <Fold title={t('map.unplaced', { count: answer.unplaced })}>
          <p class="hint">{t('map.unplaced_why')}</p>
          <Lines query={{ ...query, placed: 'false' }} />
        </Fold>
      )}
    </div>
  );
}
