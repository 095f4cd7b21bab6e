// Files as they come by mail: a zip with one CSV inside, or a workbook (XLSX), become a CSV in the browser, before anything is sent. What
// strangers have packed is never opened by the servers. Limits: 64 MiB unpacked, the first sheet of a workbook.

const MOST = 64 * 1024 * 1024;

export type WhyNot = 'broken' | 'too_big' | 'many' | 'none';
export class CannotUnpack extends Error {
  readonly why: WhyNot;
  constructor(why: WhyNot) {
    super(why);
    this.why = why;
  }
}

interface Packed {
  readonly name: string;
  readonly method: number;
  readonly from: number;
  readonly size: number;
}

const number = (bytes: DataView, at: number, size: 2 | 4) => (size === 2 ? bytes.getUint16(at, true) : bytes.getUint32(at, true));

// Names in a zip are UTF-8 when flag 11 says so, else whatever the packer's machine used: only ASCII endings are looked at.
function namesIn(bytes: Uint8Array): Packed[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 66_000 && number(view, end, 4) !== 0x06054b50) end--;
  if (end < 0 || number(view, end, 4) !== 0x06054b50) throw new CannotUnpack('broken');
  const all: Packed[] = [];
  let at = number(view, end + 16, 4);
  for (let left = number(view, end + 10, 2); left > 0; left--) {
    if (at + 46 > bytes.length || number(view, at, 4) !== 0x02014b50) throw new CannotUnpack('broken');
    const local = number(view, at + 42, 4);
    if (local + 30 > bytes.length) throw new CannotUnpack('broken');
    all.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + number(view, at + 28, 2))),
      method: number(view, at + 10, 2),
      from: local + 30 + number(view, local + 26, 2) + number(view, local + 28, 2),
      size: number(view, at + 20, 4),
    });
    at += 46 + number(view, at + 28, 2) + number(view, at + 30, 2) + number(view, at + 32, 2);
  }
  return all;
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > MOST) throw new CannotUnpack('too_big');
    parts.push(part.value as Uint8Array<ArrayBuffer>);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function open(bytes: Uint8Array<ArrayBuffer>, one: Packed | undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (!one || (one.method !== 0 && one.method !== 8) || one.from + one.size > bytes.length) throw new CannotUnpack('broken');
  const packed = bytes.slice(one.from, one.from + one.size);
  try {
    return one.method === 0 ? packed : await inflate(packed);
  } catch (problem) {
    throw problem instanceof CannotUnpack ? problem : new CannotUnpack('broken');
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (text: string) =>
  text
    .replace(/&(#x[0-9a-f]+|#[0-9]+|[a-z]+);/gi, (all, name: string) =>
      name.startsWith('#') ? String.fromCodePoint(Number(name[1] === 'x' ? `0${name.slice(1)}` : name.slice(1))) : (NAMED[name] ?? all))
    .replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
// The words of a cell without the readings that Excel keeps beside them (<rPh>).
const wordsOf = (xml: string) => [...xml.replace(/<rPh\b[\s\S]*?<\/rPh>/g, '').matchAll(/<t\b[^>]*>([\s\S]*?)<\/t>/g)].map((one) => plain(one[1] ?? '')).join('');
const attribute = (xml: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(xml)?.[1];

type Style = 'date' | 'time' | 'both' | undefined;
function styleOf(format: number, own: ReadonlyMap<number, string>): Style {
  const code = own.get(format)?.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  if (code !== undefined) return /[yge]/i.test(code) ? (/h/i.test(code) ? 'both' : 'date') : /h/i.test(code) ? 'time' : /d/i.test(code) ? 'date' : undefined;
  if (format === 22) return 'both';
  if ((format >= 14 && format <= 17) || (format >= 27 && format <= 31) || format === 36 || (format >= 50 && format <= 58)) return 'date';
  return (format >= 18 && format <= 21) || (format >= 32 && format <= 35) || (format >= 45 && format <= 47) ? 'time' : undefined;
}

// How cells are shown, by number of style: whether a number is a day or a time of day.
function stylesOf(xml: string): Style[] {
  const own = new Map([...xml.matchAll(/<numFmt\b[^>]*>/g)].map((one) => [Number(attribute(one[0], 'numFmtId')), plain(attribute(one[0], 'formatCode') ?? '')]));
  const used = /<cellXfs\b[\s\S]*?<\/cellXfs>/.exec(xml)?.[0] ?? '';
  return [...used.matchAll(/<xf\b[^>]*>/g)].map((one) => styleOf(Number(attribute(one[0], 'numFmtId') ?? 0), own));
}

const two = (value: number) => String(value).padStart(2, '0');
// Excel counts days from 1899-12-30; a time is the part behind the point.
function shown(value: string, style: Style): string {
  const days = Number(value);
  if (!style || !Number.isFinite(days)) return value;
  const minutes = Math.round((days % 1) * 1440);
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  if (style === 'time' || days < 1) return time;
  const date = new Date((Math.floor(days) - 25_569) * 86_400_000).toISOString().slice(0, 10);
  return style === 'both' ? `${date} ${time}` : date;
}

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.replace(/[0-9]/g, '')) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function csvOf(sheet: string, shared: readonly string[], styles: readonly Style[]): string {
  const rows: string[] = [];
  for (const row of sheet.matchAll(/<row\b[^>]*?(?:\/>|>([\s\S]*?)<\/row>)/g)) {
    const cells: string[] = [];
    for (const cell of (row[1] ?? '').matchAll(/<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
      const head = cell[1] ?? '';
      const inside = cell[2] ?? '';
      const type = attribute(head, 't');
      const value = plain(/<v\b[^>]*>([\s\S]*?)<\/v>/.exec(inside)?.[1] ?? '');
      const at = columnOf(attribute(head, 'r') ?? '') >= 0 ? columnOf(attribute(head, 'r') ?? '') : cells.length;
      if (at > 500) continue;
      while (cells.length < at) cells.push('');
      cells[at] =
        type === 's' ? (shared[Number(value)] ?? '') : type === 'inlineStr' ? wordsOf(inside) : type ? value : shown(value, styles[Number(attribute(head, 's') ?? -1)]);
    }
    rows.push(cells.map(quoted).join(','));
  }
  // an Excel table is as wide as its header; rows end where their last cell does
  const width = rows[0] ? cellsIn(rows[0]) : 0;
  return rows.filter((row) => row.replaceAll(',', '') !== '').map((row) => row + ','.repeat(Math.max(0, width - cellsIn(row)))).join('\r\n');
}

function cellsIn(row: string): number {
  return row.replace(/"(?:[^"]|"")*"/g, '').split(',').length;
}

async function workbook(bytes: Uint8Array<ArrayBuffer>, all: readonly Packed[]): Promise<string> {
  const read = async (name: string) => {
    const one = all.find((part) => part.name === name);
    return one ? new TextDecoder().decode(await open(bytes, one)) : '';
  };
  const first = attribute(/<sheet\b[^>]*>/.exec(await read('xl/workbook.xml'))?.[0] ?? '', 'r:id') ?? '';
  const relation = [...(await read('xl/_rels/workbook.xml.rels')).matchAll(/<Relationship\b[^>]*>/g)].find((one) => attribute(one[0], 'Id') === first);
  const target = attribute(relation?.[0] ?? '', 'Target') ?? 'worksheets/sheet1.xml';
  const sheet = await read(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  if (!sheet) throw new CannotUnpack('broken');
  const shared = [...(await read('xl/sharedStrings.xml')).matchAll(/<si\b[^>]*?(?:\/>|>([\s\S]*?)<\/si>)/g)].map((one) => wordsOf(one[1] ?? ''));
  return csvOf(sheet, shared, stylesOf(await read('xl/styles.xml')));
}

// The file itself when it is no zip; else the CSV inside, or the first sheet as CSV.
export async function unpack(file: File): Promise<File> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.length < 4 || bytes[0] !== 0x50 || bytes[1] !== 0x4b || bytes[2] !== 3 || bytes[3] !== 4) return file;
  const all = namesIn(bytes);
  if (all.some((one) => one.name === 'xl/workbook.xml'))
    return new File([`\uFEFF${await workbook(bytes, all)}`], file.name.replace(/\.xls[xm]$/i, '.csv'), { type: 'text/csv' });
  const lists = all.filter((one) => /\.(csv|txt)$/i.test(one.name) && !one.name.startsWith('__MACOSX/'));
  if (lists.length !== 1) throw new CannotUnpack(lists.length ? 'many' : 'none');
  return new File([await open(bytes, lists[0])], file.name.replace(/\.zip$/i, '.csv'), { type: 'text/csv' });
}
