// places.mjs - where the invented municipalities lie (in the sea, far from any land), their offices, and the areas they are parted into.
import { uuidOf } from './api.mjs';
import { municipalities } from './people.mjs';

// Thousandths of a degree from 139° E, 30° N: three neighbours that share their borders.
const OUTLINES = {
  990019: [[0, 0], [60, -12], [110, 5], [118, 48], [96, 90], [40, 98], [-6, 60]],
  990027: [[110, 5], [170, -4], [205, 30], [190, 84], [150, 104], [96, 90], [118, 48]],
  990035: [[-6, 60], [40, 98], [96, 90], [150, 104], [140, 160], [70, 190], [4, 150], [-20, 104]],
};
const OFFICES = { 990019: [62, 44], 990027: [152, 48], 990035: [70, 136] };
const degrees = (thousandths, from) => (from + thousandths / 1000).toFixed(6);
export const pointOf = (code, n) => {
  const [x, y] = OFFICES[code];
  return { longitude: degrees(x + [-26, 14, 22][n % 3], 139), latitude: degrees(y + [9, -17, 18][n % 3], 30) };
};

const CARE = [['駅前圏域', ['本町1番', '本町2番']], ['川西圏域', ['本町3番']]];

export async function fillPlaces(api) {
  for (const { code, name } of municipalities) {
    const points = OUTLINES[code].flatMap(([x, y]) => [139_000_000 + x * 1000, 30_000_000 + y * 1000]), [x, y] = OFFICES[code];
    await api.must('PUT', `/boundaries/${code}`, { name, edition: '2026-04-01', credit: '架空の境界（デモ）', rings: [OUTLINES[code].length], points,
      office_name: name.replace('市', '市役所').replace(/([町村])$/, '$1役場'), office_longitude: degrees(x, 139), office_latitude: degrees(y, 30) });
  }
  await api.must('POST', '/areas/medical', { areas: municipalities.map(({ code }) => ({ area: '9901', name: 'みずき', municipality: code })) });
  for (const [name, towns] of CARE) await api.must('PUT', `/areas/care/${uuidOf(`care area ${name}`)}`, { municipality: municipalities[0].code, name, towns });
}
