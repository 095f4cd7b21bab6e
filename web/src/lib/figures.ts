// Figures as people say them. Pure; the words are a parameter.
type Words = (key: 'seconds' | 'minutes_seconds', params: Record<string, number>) => string;

// "45秒", "2分30秒"
export function durationText(seconds: number, t: Words): string {
  return seconds < 60 ? t('seconds', { seconds }) : t('minutes_seconds', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}

// Tenths of a shift above or below an equal share: "+1.5", "±0", "−0.3".
export function balanceText(tenths: number): string {
  if (tenths === 0) return '±0';
  return `${tenths > 0 ? '+' : '−'}${Math.floor(Math.abs(tenths) / 10)}.${Math.abs(tenths) % 10}`;
}
