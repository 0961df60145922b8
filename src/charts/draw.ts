import { CAP_HEIGHT, type Weight } from './font.ts';
import { type Markup, el } from './svg.ts';
import { INK } from './palette.ts';
import { fit } from './words.ts';

export interface Lettering {
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

export const rule = (x1: number, x2: number, y: number): Markup =>
  el('rect', { x: x1, y: y - 0.5, width: x2 - x1, height: 1, fill: INK.rule });
