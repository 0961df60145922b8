import { DRAWN_SEATS } from '../domain/org-chart.ts';
import { rule, words } from './draw.ts';
import { FOOTER, MARGIN, RIGHT, frame, headerHeight } from './frame.ts';
import { INK, PAINT } from './palette.ts';
import { type Markup, el, group } from './svg.ts';

export interface OrgChartSeat {
  readonly name: string;
  readonly key: string;
  readonly holder: 'ai' | 'human';
  /** Undefined: vacant. */
  readonly accountable: string | undefined;
  readonly stage: string;
  readonly halted: boolean;
  /** 0 on top. */
  readonly depth: number;
  /** Seats under it that are not drawn. */
  readonly hidden: number;
}

export interface OrgChartPicture {
  readonly title: string;
  /** From top to bottom, each above those that report to it. */
  readonly seats: readonly OrgChartSeat[];
  /** Seats that are not drawn and stand under none of these. */
  readonly more: number;
}

const ROW = 54;
const STEP = 36;
/** Deeper seats are drawn at this depth, with their level in words. */
const MOST_STEPS = 8;
const SIDE = 34;
const OWNER_AT = 690;
const OWNER_WIDTH = RIGHT - OWNER_AT;

const AI_INK = '#27406b';
const HUMAN_INK = '#7a4a12';
const HUMAN_FILL = '#fbeeda';

const stepsOf = (depth: number): number => Math.min(depth, MOST_STEPS);
const leftOf = (depth: number): number => MARGIN + stepsOf(depth) * STEP;

/** A square with AI in it, or a circle with a human. Shape and letters say the same, whatever the colours. */
function holderMark(holder: OrgChartSeat['holder'], x: number, middle: number, side = SIDE): Markup {
  const look = { size: side * 0.44, weight: 'bold', anchor: 'middle', max: side } as const;
  const centre = x + side / 2;
  return holder === 'ai'
    ? group(
        el('rect', { x, y: middle - side / 2, width: side, height: side, rx: 7, fill: AI_INK }),
        words('AI', centre, middle, { ...look, fill: '#ffffff' }),
      )
    : group(
        el('circle', {
          cx: centre,
          cy: middle,
          r: side / 2 - 1,
          fill: HUMAN_FILL,
          stroke: HUMAN_INK,
          'stroke-width': 2,
        }),
        words('H', centre, middle, { ...look, fill: HUMAN_INK }),
      );
}

/** From the seat above down to this one. */
function connector(seats: readonly OrgChartSeat[], index: number, top: number): Markup | undefined {
  const { depth } = seats[index]!;
  if (stepsOf(depth) === 0 || depth > MOST_STEPS) return undefined;
  const parent = seats.findLastIndex((seat, i) => i < index && seat.depth < depth);
  if (parent === -1) return undefined;
  const middle = (i: number) => top + (i + 0.5) * ROW;
  const x = leftOf(depth - 1) + SIDE / 2;
  const from = middle(parent) + SIDE / 2;
  const stroke = { fill: INK.line };
  return group(
    el('rect', { x: x - 1, y: from, width: 2, height: middle(index) - from, ...stroke }),
    el('rect', { x, y: middle(index) - 1, width: leftOf(depth) - x - 2, height: 2, ...stroke }),
  );
}

const holderWord = (holder: OrgChartSeat['holder']): string => (holder === 'ai' ? 'AI' : 'human');

function seatRow(seat: OrgChartSeat, middle: number): Markup {
  const x = leftOf(seat.depth);
  const text = x + SIDE + 12;
  const max = OWNER_AT - 16 - text;
  const deep = seat.depth > MOST_STEPS ? ` · level ${seat.depth + 1}` : '';
  const under = seat.hidden === 0 ? '' : ` · ${seat.hidden} more below`;
  const said = seat.halted ? `${seat.stage}, halted` : seat.stage;
  const quiet = { size: 15, fill: INK.quiet } as const;
  return group(
    holderMark(seat.holder, x, middle),
    words(seat.name, text, middle - 10, { size: 20, weight: 'bold', fill: INK.title, max }),
    words(`${seat.key} · ${holderWord(seat.holder)}${deep}${under}`, text, middle + 13, { ...quiet, max }),
    words(seat.accountable ?? 'vacant', OWNER_AT, middle - 10, {
      size: 18,
      fill: seat.accountable === undefined ? PAINT.red.strong : INK.text,
      ...(seat.accountable === undefined ? { weight: 'bold' } : {}),
      max: OWNER_WIDTH,
    }),
    words(said, OWNER_AT, middle + 13, {
      ...quiet,
      ...(seat.halted ? { fill: PAINT.red.strong, weight: 'bold' } : {}),
      max: OWNER_WIDTH,
    }),
  );
}

function holderLegend(middle: number): Markup {
  const quiet = { size: 15, fill: INK.quiet, max: 120 } as const;
  return group(
    holderMark('ai', MARGIN, middle, 22),
    words('held by an AI', MARGIN + 30, middle, quiet),
    holderMark('human', MARGIN + 150, middle, 22),
    words('by a human', MARGIN + 180, middle, quiet),
  );
}

/** The org chart as an SVG 1024 pixels wide: a line a seat, indented below the one it reports to. */
export function orgChartSvg({ title, seats: all, more }: OrgChartPicture): string {
  const seats = all.slice(0, DRAWN_SEATS);
  const left = more + all.length - seats.length;
  const subtitle = 'Who reports to whom, and who is accountable';
  const top = headerHeight(subtitle) + 8;
  const bottom = top + Math.max(1, seats.length) * ROW;
  return frame(
    {
      title,
      subtitle,
      height: bottom + FOOTER,
      legend: [],
      footnote: left === 0 ? '' : `${left} more ${left === 1 ? 'seat' : 'seats'} beside these`,
    },
    rule(MARGIN, RIGHT, top - 4, INK.edge),
    ...seats.map((_, i) => connector(seats, i, top)),
    ...seats.map((seat, i) => seatRow(seat, top + (i + 0.5) * ROW)),
    seats.length === 0
      ? words('No seats yet', MARGIN, top + ROW / 2, { size: 20, fill: INK.quiet, max: 400 })
      : undefined,
    rule(MARGIN, RIGHT, bottom, INK.edge),
    holderLegend(bottom + FOOTER / 2 - 3),
  );
}
