import type { Instant } from '../clock.ts';
import { dayText } from '../domain/dates.ts';
import type { StatusWord } from '../domain/metric.ts';
import { dayAt } from '../domain/zone.ts';

export { STATUSES, type StatusWord } from '../domain/metric.ts';

/**
 * A piece of running text. A bare string is untrusted plain text: renderers escape it, so nothing a person
 * typed can format, link or ping. Only these objects can.
 */
export type Inline =
  | string
  | { readonly kind: 'bold'; readonly text: string }
  | { readonly kind: 'italic'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** Pings the person where the platform knows them; `name` is shown where it does not. */
  | { readonly kind: 'person'; readonly id: string; readonly name: string }
  /** `ref` is the platform's own id; `name` is shown where the platform cannot link it. */
  | { readonly kind: 'channel'; readonly ref: string; readonly name: string }
  | { readonly kind: 'status'; readonly status: StatusWord }
  /** Shown in the reader's zone where the platform can, else in `zone`. */
  | { readonly kind: 'time'; readonly at: Instant; readonly zone: string; readonly show: 'date' | 'datetime' }
  | { readonly kind: 'br' };

export type Text = Inline | readonly Inline[];

export const bold = (text: string): Inline => ({ kind: 'bold', text });
export const italic = (text: string): Inline => ({ kind: 'italic', text });
export const code = (text: string): Inline => ({ kind: 'code', text });
export const link = (text: string, url: string): Inline => ({ kind: 'link', text, url });
export const person = (id: string, name: string): Inline => ({ kind: 'person', id, name });
export const channel = (ref: string, name: string): Inline => ({ kind: 'channel', ref, name });
export const status = (status: StatusWord): Inline => ({ kind: 'status', status });
export const date = (at: Instant, zone: string): Inline => ({ kind: 'time', at, zone, show: 'date' });
export const datetime = (at: Instant, zone: string): Inline => ({ kind: 'time', at, zone, show: 'datetime' });
export const br: Inline = { kind: 'br' };

export const inlines = (text: Text): readonly Inline[] =>
  Array.isArray(text) ? (text as readonly Inline[]) : [text as Inline];

/** The mark shown before a status word. Shapes differ, so they can be told apart without colour. */
export const STATUS_MARK: Record<StatusWord, string> = {
  green: '🟢',
  yellow: '🔶',
  red: '🟥',
  missing: '▫️',
};

const pad = (n: number) => String(n).padStart(2, '0');

// Making one costs a hundred times what using it does; there are no more of them than IANA zones.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  formats.set(zone, made);
  return made;
}

/** `2026-11-20` or `2026-11-20 09:00 CET`, in `zone`. */
export function formatInstant(at: Instant, zone: string, show: 'date' | 'datetime'): string {
  // Arithmetic on the zone's known offsets; only the name of the zone's time needs Intl, which takes far longer.
  if (show === 'date') return dayText(dayAt(at, zone));
  const parts = formatIn(zone).formatToParts(new Date(at));
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? '';
  const day = `${get('year')}-${pad(Number(get('month')))}-${pad(Number(get('day')))}`;
  return `${day} ${get('hour')}:${get('minute')} ${get('timeZoneName')}`;
}

/** The text without any formatting: for fallback texts, alt texts, terminals and tests. */
export function plain(text: Text): string {
  return inlines(text)
    .map((part) => {
      if (typeof part === 'string') return part;
      switch (part.kind) {
        case 'bold':
        case 'italic':
        case 'code':
        case 'link':
          return part.text;
        case 'person':
          return `@${part.name}`;
        case 'channel':
          return `#${part.name}`;
        case 'status':
          return part.status;
        case 'time':
          return formatInstant(part.at, part.zone, part.show);
        case 'br':
          return '\n';
        default:
          return part satisfies never;
      }
    })
    .join('');
}
