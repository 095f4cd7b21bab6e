// Reads the duty table; when nobody answers, the device's own last copy, marked.
import type { DutyNowAnswer } from '../model.ts';
import { keepDuty, keptDuty, type DutyQuery } from '../lib/duty.ts';
import { Problem } from '../lib/problem.ts';
import { api } from './api.ts';

export async function readDuty(query: DutyQuery): Promise<DutyNowAnswer> {
  try {
    const answer = await api<DutyNowAnswer>('/duty', { query: { ...query } });
    keepDuty(query, answer);
    return answer;
  } catch (error) {
    const copy = error instanceof Problem && (error.unanswered || error.status === 503) ? keptDuty(query, Date.now()) : undefined;
    if (copy) return copy;
    throw error;
  }
}
