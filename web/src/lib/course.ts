// Rules of alerts for the pages: what stands first on a board, what an arrival means to an ambulance crew.
import type { AlertLine, AlertTry, ContactKind, DeliveryLine, DeliveryState } from '../model.ts';
import { parseTime } from './time.ts';

const STATES: readonly AlertLine['state'][] = ['searching', 'accepted', 'ended'];

// Those that wait for the reader, then those nobody has, then the newest.
export function inBoardOrder(alerts: readonly AlertLine[]): AlertLine[] {
  return [...alerts].sort(
    (one, other) =>
      Number(other.waits_for_me) - Number(one.waits_for_me) ||
      STATES.indexOf(one.state) - STATES.indexOf(other.state) ||
      parseTime(other.reported_at) - parseTime(one.reported_at),
  );
}

export interface Answerer {
  key: string;
  asked: AlertTry;
}

// Who may have answered by telephone: everybody asked or to be asked, each once, those asked last first.
export function answerers(tries: readonly AlertTry[]): Answerer[] {
  const seen = new Set<string>();
  return [...tries]
    .filter((one) => one.state !== 'skipped' && one.target !== 'hospital')
    .sort((one, other) => Number(Boolean(other.asked_at)) - Number(Boolean(one.asked_at)) || one.position - other.position)
    .map((asked) => ({ key: asked.person_id ?? asked.name, asked }))
    .filter(({ key }) => !seen.has(key) && Boolean(seen.add(key)));
}

// The lines of one channel and one state; without either, all of them, in the order they came.
export function ofDeliveries(lines: readonly DeliveryLine[], kind: ContactKind | '', state: DeliveryState | ''): DeliveryLine[] {
  return lines.filter((one) => (!kind || one.kind === kind) && (!state || one.state === state));
}
