// How far an announcement has come.
import type { AnnouncementOffice } from '../model.ts';

// Rounded down, so that 100 % means all; no institution has no rate.
export const percentText = (received: number, offices: number): string => (offices > 0 ? `${Math.floor((received * 100) / offices)}%` : '－');

// "3/8（37%）"
export const rateText = (received: number, offices: number): string => `${received}/${offices}（${percentText(received, offices)}）`;

// What is known of an institution; what its FAX machine did with a page is not.
export function saidOf(office: AnnouncementOffice): 'received' | 'delivered' | 'faxed' | 'told' | 'paper' | 'waiting' {
  if (office.received_at) return 'received';
  if (office.delivered_on) return 'delivered';
  if (office.way === 'by_hand') return 'paper';
  if (!office.told_at) return 'waiting';
  return office.way === 'fax' ? 'faxed' : 'told';
}
