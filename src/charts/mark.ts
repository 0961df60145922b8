import { words } from './draw.ts';
import { type CellStatus, LETTER, PAINT } from './palette.ts';
import { type Attributes, type Markup, el, group } from './svg.ts';

/** The shape of a status around (x, y): circle, diamond, square; a dashed square for a missing number. */
export function shape(status: CellStatus, x: number, y: number, radius: number, paint: Attributes): Markup {
  switch (status) {
    case 'green':
      return el('circle', { cx: x, cy: y, r: radius, ...paint });
    case 'yellow': {
      const r = radius * 1.2;
      return el('path', {
        d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`,
        'stroke-linejoin': 'round',
        ...paint,
      });
    }
    case 'red':
    case 'missing': {
      const r = radius * 0.92;
      return el('rect', { x: x - r, y: y - r, width: 2 * r, height: 2 * r, rx: radius * 0.25, ...paint });
    }
    case 'none':
      return el('circle', { cx: x, cy: y, r: Math.max(1.8, radius * 0.18), fill: '#b3bcc8' });
    default:
      return status satisfies never;
  }
}

/** A status as shape, letter and colour. `radius` in pixels; the widest shape is 1.2 radii. */
export function mark(status: CellStatus, x: number, y: number, radius: number): Markup {
  const { fill, stroke, ink } = PAINT[status];
  const dashes = status === 'missing' ? '3 2.4' : undefined;
  return group(
    shape(status, x, y, radius, { fill, stroke, 'stroke-width': 1.2, 'stroke-dasharray': dashes }),
    words(LETTER[status], x, status === 'missing' ? y - 1 : y, {
      size: radius * 1.3,
      weight: 'bold',
      fill: ink,
      anchor: 'middle',
      max: radius * 2,
    }),
  );
}
