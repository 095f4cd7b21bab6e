// incidents.mjs - a fire organisation's message as the demo region takes it.
import { hex } from './region.mjs';

export function incidentOf(region, person, number = `m-${hex(8)}`) {
  const { dispatch } = region.description, message = { v: 1, type: 'ems.incident', id: number, sender: dispatch.sender, to: [dispatch.region], kind: 'report', status: 'actual', incident: number,
    sent: new Date().toISOString().replace(/\.\d+Z/, '+00:00'), complaint: '呼吸困難', caller: { phone: person.phone }, person: { name_kana: person.name_kana, dob: person.birth_date }, crew: { unit: '救急1', callback: '0990-00-0119' } };
  return { number, body: JSON.stringify(message) };
}

// { status, kind: 'ack' when it was accepted }
export async function tellIncident(region, { body }) {
  try {
    const response = await fetch(`${region.base}/api/v1/dispatch/messages`, { method: 'POST', body, signal: AbortSignal.timeout(5000), headers: { 'content-type': 'application/json', authorization: `Bearer ${region.description.dispatch.key}` } });
    const text = await response.text();
    return { status: response.status, text, kind: response.status === 200 ? JSON.parse(text).kind : undefined };
  } catch (error) { return { status: 0, text: String(error) }; }
}
