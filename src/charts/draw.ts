import { CAP_HEIGHT, type Weight, widthOf } from './font.ts';
import { type Markup, el, group } from './svg.ts';
import { INK } from './palette.ts';
import { fit } from './words.ts';

interface Lettering {
  readonly size: number;
  readonly weight?: Weight;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Pixels the text may take; longer text is ellipsised. */
  readonly max: number;
}

/** A line of text whose capitals are centred on `middle`. Draws nothing for an empty string. */
export function words(text: string, x: number, middle: number, look: Lettering): Markup | undefined {
  const { size, weight = 'regular', fill = INK.text, anchor = 'start', max } = look;
  const shown = fit(text, max, size, weight);
  if (shown === '') return undefined;
  return el(
    'text',
    {
      x,
      y: middle + (CAP_HEIGHT * size) / 2,
      'font-size': size,
      'font-weight': weight === 'bold' ? 700 : undefined,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      fill,
    },
    shown,
  );
}

/**
 * Several texts after one another with dots between them. Each is drawn by itself, or a name that is read from
 * the right would swap places with its neighbours.
 */
export function phrase(parts: readonly string[], x: number, middle: number, look: Lettering): Markup {
  const { size, weight = 'regular', max } = look;
  const dot = ' · ';
  let used = 0;
  return group(
    ...parts.map((part, i) => {
      const text = fit(part, max - used, size, weight);
      const at = x + used;
      used += widthOf(text, size, weight) + widthOf(dot, size, weight);
      const next = i + 1 < parts.length && used + size < max;
      const tail = next
        ? words('·', x + used - widthOf(dot, size, weight) / 2, middle, { ...look, anchor: 'middle' })
        : undefined;
      if (!next) used = Infinity;
      return text === '' ? undefined : group(words(text, at, middle, look), tail);
    }),
  );
}

export const rule = (x1: number, x2: number, y: number, fill: string = INK.rule): Markup =>
  el('rect', { x: x1, y: y - 0.5, width: x2 - x1, height: 1, fill });
