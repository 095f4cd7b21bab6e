// The rules of sending an emergency report, without any page or network: when it counts as sent, when as not, what comes next.
// A report is either answered or it is not; there is no "queued". Times in ms.
import type { ConditionTag, Urgency } from '../model.ts';

// No committed answer within this time: the page says that nobody has been reached.
export const PATIENCE = 10_000;
// One attempt is given up after this time, so that the second one still falls within the patience.
export const ATTEMPT = 6_000;

export interface Report {
  alert_id: string;
  idempotency_key: string;
  person_id: string;
  patient_id: string;
  patient_name: string;
  urgency: Urgency;
  tag: ConditionTag;
  happened?: string;
  callback?: string;
  // When the button was pressed; never changed by a retry.
  observed_at: number;
}

export type Stage =
  | { name: 'sending'; since: number }
  // Nobody has been reached; the full screen with the telephone numbers. Goes on trying unless refused.
  | { name: 'unreached'; since: number; refused?: string }
  | { name: 'answered'; at: number };

export type Event =
  | { name: 'tick'; now: number }
  | { name: 'failed'; now: number; offline: boolean }
  | { name: 'refused'; now: number; text: string }
  | { name: 'answered'; now: number };

// What becomes of a report when something happens. Without a connection nobody needs to wait ten seconds to be told.
export function next(stage: Stage, event: Event): Stage {
  if (event.name === 'answered') return { name: 'answered', at: event.now };
  if (stage.name === 'answered') return stage;
  if (event.name === 'refused') return { name: 'unreached', since: stage.since, refused: event.text };
  if (stage.name === 'unreached') return stage;
  if (event.name === 'failed' && event.offline) return { name: 'unreached', since: stage.since };
  return event.now - stage.since >= PATIENCE ? { name: 'unreached', since: stage.since } : stage;
}

// How long until the next try: at once, then slower, never slower than 5 s while the page is open.
export function pause(attempt: number): number {
  return Math.min(5_000, 500 * 2 ** Math.min(attempt, 4));
}

// How late the report arrived, in whole minutes; 0 when it did not wait.
export function lateMinutes(observedAt: number, receivedAt: number): number {
  const late = Math.floor((receivedAt - observedAt) / 60_000);
  return late > 0 ? late : 0;
}
