// What a refusal says (problem+json, RFC 9457), whatever came instead of it.

export interface FieldProblem {
  pointer: string;
  text: string;
}

export class Problem extends Error {
  readonly status: number;
  readonly key: string;
  readonly fields: readonly FieldProblem[];
  readonly conflict: unknown;
  readonly trace: string;
  constructor(status: number, key: string, text: string, fields: readonly FieldProblem[] = [], conflict?: unknown, trace = '') {
    super(text);
    this.status = status;
    this.key = key;
    this.fields = fields;
    this.conflict = conflict;
    this.trace = trace;
  }
  // The line was down, or no answer came: nobody knows whether it was recorded.
  get unanswered(): boolean {
    return this.status === 0 || this.status === 504;
  }
  // Sending the same again may help.
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500 || this.key === 'still_running';
  }
  textOf(pointer: string): string | undefined {
    return this.fields.find((field) => field.pointer === pointer || field.pointer.startsWith(`${pointer}/`))?.text;
  }
}

const record = (value: unknown): Record<string, unknown> => (value && typeof value === 'object' ? (value as Record<string, unknown>) : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

// The error's key: the last word of `type`, with _ for -.
function keyOf(body: Record<string, unknown>): string {
  const named = text(body['key']) || text(body['type']).split(/[/:#]/).pop() || '';
  return named.replaceAll('-', '_');
}

export function readProblem(status: number, body: unknown): Problem {
  const top = record(body);
  const fields = (Array.isArray(top['errors']) ? top['errors'] : []).map(record).map((field) => ({
    pointer: text(field['pointer']),
    text: text(field['detail']) || text(field['title']) || text(field['text']) || text(field['message']),
  }));
  const words = text(top['detail']) || text(top['title']);
  return new Problem(status, keyOf(top) || `http_${status}`, words, fields, top['conflict'], text(top['trace']) || text(top['traceId']));
}
