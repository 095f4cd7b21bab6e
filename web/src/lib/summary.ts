// Figures of a resource summary: what stands in chart, table and file. Pure.
import type { ResourceSummaryAnswer, SummaryArea, SummaryRow } from '../model.ts';

export interface Figure {
  area: SummaryArea;
  facilities: number;
  yes: number;
  no: number;
  unknown: number;
  // Per 1,000 people of 75 and older; undefined while nobody knows how many there are.
  rate?: number;
}

// What is counted: "kind", "kind item", or "=service".
export interface Counted {
  kind: string;
  item?: string;
  service?: string;
}

const matches = (row: SummaryRow, wanted: Counted) =>
  row.kind === wanted.kind && row.service === wanted.service && (wanted.service !== undefined || row.item === wanted.item);

export const rateOf = (count: number, people75: number | undefined): number | undefined => (people75 ? Math.round((count * 100000) / people75) / 100 : undefined);

// Areas in their order; an area without such a facility has zeros, one that only gathers what lies nowhere only stands when something does.
export function figuresOf(summary: ResourceSummaryAnswer, wanted: Counted): Figure[] {
  const areas = [...summary.areas, ...(summary.areas.some((area) => area.area === '') ? [] : [{ area: '', name: '' }])];
  return areas
    .map((area) => {
      const row = summary.rows.find((one) => one.area === area.area && matches(one, wanted));
      const yes = row?.yes ?? 0;
      return { area, facilities: row?.facilities ?? 0, yes, no: row?.no ?? 0, unknown: row?.unknown ?? 0, rate: rateOf(yes, area.people_75) };
    })
    .filter((figure) => figure.facilities > 0 || (figure.area.area !== '' && figure.area.name !== '' && !/（圏域なし）$/.test(figure.area.name)));
}

export const servicesOf = (summary: ResourceSummaryAnswer): Counted[] =>
  [...new Map(summary.rows.filter((row) => row.service).map((row) => [row.service!, { kind: row.kind, service: row.service! }])).values()].sort((a, b) =>
    a.service < b.service ? -1 : 1,
  );
export const itemsOf = (summary: ResourceSummaryAnswer, kind: string): string[] => [
  ...new Set(summary.rows.filter((row) => row.kind === kind && row.item).map((row) => row.item as string)),
];

const cell = (value: string | number | undefined): string => {
  const text = value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

// As spreadsheets in Japan open it: UTF-8 with a byte order mark, CRLF.
export const csvOf = (lines: readonly (readonly (string | number | undefined)[])[]): string => '\uFEFF' + lines.map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n';
