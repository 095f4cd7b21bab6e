// Rules of being reached: what counts in an emergency, and every channel in the person's own order.
import type { ChannelPreference, ContactKind, ContactView } from '../model.ts';

// Only a voice call or a text message to a verified number wakes somebody up.
const WAKES: readonly ContactKind[] = ['voice', 'sms'];
export const reachable = (contacts: readonly ContactView[]): boolean => contacts.some((one) => one.verified && WAKES.includes(one.kind));

// What a person can order: webhooks are partners'.
const NOT_OWN: readonly ContactKind[] = ['webhook', 'fax'];

// The person's order first, then what was never named, in the standard order.
export function inOrder(channels: readonly ChannelPreference[], kinds: readonly ContactKind[]): ChannelPreference[] {
  const named = channels.filter((one) => !NOT_OWN.includes(one.kind));
  const rest = kinds.filter((kind) => !NOT_OWN.includes(kind) && !named.some((one) => one.kind === kind)).map((kind) => ({ kind, enabled: true }));
  return [...named, ...rest];
}
