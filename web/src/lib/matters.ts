// What of a person's notices stands for itself.
import type { FeedItem } from '../model.ts';

// The newest notice of every matter: five changes of one section are one thing to look at. How a run of the ambulance ended is a matter
// of its own, says more than that the emergency has ended, and stands first.
export function distinctMatters(items: readonly FeedItem[]): FeedItem[] {
  const seen = new Set<string>();
  const results = new Set(items.filter((item) => item.kind === 'transport_result').map((item) => item.alert_id));
  const distinct = items.filter((item) => {
    if (item.kind === 'alert_ended' && results.has(item.alert_id)) return false;
    const matter = item.kind === 'transport_result' ? `result/${item.alert_id}` : (item.alert_id ?? `${item.kind}/${item.section ?? ''}`);
    if (seen.has(matter)) return false;
    seen.add(matter);
    return true;
  });
  const first = (item: FeedItem) => Number(item.kind === 'transport_result');
  return distinct.sort((one, other) => first(other) - first(one));
}
