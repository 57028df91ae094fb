/** Numbers as people read them: few digits, a unit, and `–` where there is none. */

const none = '–';
const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? none : plain.format(value);

export function milliseconds(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  if (value < 10) return `${value.toFixed(2)} ms`;
  if (value < 1_000) return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
  return seconds(value / 1_000);
}

export function seconds(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  if (value < 60) return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  if (value < 3_600) return `${Math.floor(value / 60)} min ${Math.floor(value % 60)} s`;
  if (value < 172_800) return `${Math.floor(value / 3_600)} h ${Math.floor((value % 3_600) / 60)} min`;
  return `${Math.floor(value / 86_400)} days`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  const power = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1_000 ** power;
  return `${power === 0 || scaled >= 100 ? scaled.toFixed(0) : scaled.toFixed(1)} ${byteUnits[power]}`;
}

export function percent(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined) return none;
  const value = ratio * 100;
  return `${value === 0 || value >= 10 ? value.toFixed(0) : value.toFixed(1)} %`;
}

/** `14:05:00` today, `24 Nov 14:05` before. */
export function moment(iso: string | null | undefined, now = new Date()): string {
  if (iso === null || iso === undefined) return none;
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return none;
  const time = at.toLocaleTimeString('en-GB');
  if (at.toDateString() === now.toDateString()) return time;
  return `${at.getDate()} ${at.toLocaleString('en', { month: 'short' })} ${time.slice(0, 5)}`;
}

/** `1:02:03.4`: a place in a video. */
export function clock(atSeconds: number): string {
  const whole = Math.max(0, atSeconds);
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  const rest = (whole % 60).toFixed(1).padStart(4, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
