import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { load } from './load.mjs';

const { unpack } = await load('lib/unpack.ts');

// A zip as zip programs write it: local headers, directory, end. `hide` leaves sizes out of the local header, as streaming packers do.
function zip(files, hide = false) {
  const locals = [], directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const bytes = Buffer.from(text), packed = deflateRawSync(bytes), label = Buffer.from(name);
    const local = Buffer.alloc(30), entry = Buffer.alloc(46);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    if (!hide) local.writeUInt32LE(packed.length, 18);
    local.writeUInt16LE(label.length, 26);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(bytes.length, 24);
    entry.writeUInt16LE(label.length, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(local, label, packed);
    directory.push(entry, label);
    at += 30 + label.length + packed.length;
  }
  const end = Buffer.alloc(22), size = Buffer.concat(directory).length;
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
const file = (bytes, name) => new File([bytes], name);
const textOf = async (one) => Buffer.from(await one.arrayBuffer()).toString('utf8');
const whyNot = (bytes, name, why) => assert.rejects(unpack(file(bytes, name)), (problem) => problem.why === why);

test('a CSV stays as it is, byte for byte', async () => {
  const one = file('\uFEFF名称\r\n見本\r\n', '一覧.csv');
  assert.equal(await unpack(one), one);
  assert.equal((await unpack(file('P', 'short.csv'))).name, 'short.csv');
});

test('a zip with one CSV is that CSV, whatever else lies in it', async () => {
  const bytes = zip({ 'jigyosho.csv': '事業所番号\n0170103378\n', 'お読みください.pdf': '%PDF', '__MACOSX/._jigyosho.csv': 'x' });
  const one = await unpack(file(bytes, 'jigyosho.zip'));
  assert.equal(one.name, 'jigyosho.csv');
  assert.equal(await textOf(one), '事業所番号\n0170103378\n');
  assert.equal(await textOf(await unpack(file(zip({ 'a.CSV': '1' }, true), 'a.zip'))), '1');
});

test('a zip with several lists, with none, cut off, or with another packing is told apart', async () => {
  await whyNot(zip({ 'a.csv': '1', 'b.csv': '2' }), 'x.zip', 'many');
  await whyNot(zip({ 'a.pdf': '1' }), 'x.zip', 'none');
  const whole = zip({ 'a.csv': 'many words '.repeat(50) });
  await whyNot(whole.subarray(0, whole.length - 30), 'x.zip', 'broken');
  const spoilt = Buffer.from(whole);
  spoilt.fill(0xff, 40, 50);
  await whyNot(spoilt, 'x.zip', 'broken');
  const other = Buffer.from(whole);
  other.writeUInt16LE(12, other.length - 22 - 46 - 5 + 10);
  await whyNot(other, 'x.zip', 'broken');
});

test('what unpacks to more than 64 MiB is refused before it is kept', async () => {
  await whyNot(zip({ 'a.csv': Buffer.alloc(65 * 1024 * 1024) }), 'x.zip', 'too_big');
});

const RELATIONS = '<Relationships><Relationship Id="rId7" Target="worksheets/sheet3.xml"/></Relationships>';
const STYLES =
  '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="20"/><xf numFmtId="14"/></cellXfs></styleSheet>';
const book = (sheet, shared = '') =>
  zip({
    'xl/workbook.xml': '<workbook><sheets><sheet name="一覧" sheetId="3" r:id="rId7"/><sheet name="覚え" r:id="rId8"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': RELATIONS,
    'xl/styles.xml': STYLES,
    'xl/sharedStrings.xml': `<sst>${shared}</sst>`,
    'xl/worksheets/sheet3.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
  });

test('a workbook becomes the CSV of its first sheet: words without their readings, gaps, quotes', async () => {
  const shared = '<si><t>名称</t></si><si><r><t>医療</t></r><r><t>法人 </t></r><rPh sb="0" eb="2"><t>イリョウ</t></rPh></si><si><t>a,"b"&amp;_x000D_</t></si><si/>';
  const sheet =
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>電話</t></is></c><c r="D1" t="str"><v>式</v></c></row>' +
    '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="D2" t="s"><v>2</v></c></row><row r="3"/><row r="4"><c r="B4" t="s"><v>3</v></c></row>' +
    '<row r="5"><c r="A5"><v>1234567890</v></c></row>';
  const one = await unpack(file(book(sheet, shared), '一覧.xlsx'));
  assert.equal(one.name, '一覧.csv');
  assert.equal(await textOf(one), '\uFEFF名称,電話,,式\r\n医療法人 ,,,"a,""b""&\r"\r\n1234567890,,,');
});

test('days and times of day of a workbook are written out, also in Japanese eras', async () => {
  const one = await unpack(file(book('<row r="1"><c r="A1" s="1"><v>45292</v></c><c r="B1" s="2"><v>0.375</v></c><c r="C1" s="3"><v>45657</v></c><c r="D1" s="0"><v>45292</v></c></row>'), 'x.xlsx'));
  assert.equal(await textOf(one), '\uFEFF2024-01-01,09:00,2024-12-31,45292');
});
