import { z } from 'zod';
import { type Alert, keepAlert, seeAlert } from '../../../db/alerts.ts';
import { meaningOf } from '../../domain/alert.ts';
import type { Severity } from '../../domain/issue.ts';
import { type Effects, type Scope, defineAction } from '../action.ts';
import { machine } from '../allow.ts';
import { needSeat } from '../find.ts';
import { optionalLink, optionalText, sentence } from '../inputs.ts';
import { type Taken, begin, end, said } from './episode.ts';

const input = z.object({
  /** The sender's own name for the alert: the same one is the same alert. */
  fingerprint: sentence('the key of the alert', 200),
  state: z.enum(['firing', 'resolved'], { error: 'The state is firing or resolved.' }),
  /** Key of the seat. */
  seat: sentence('the key of the seat that the alert is about', 200),
  /** Key of a number of the seat. */
  metric: z.string().max(200, 'Please keep the key of the number within 200 characters.').optional(),
  title: sentence('what is wrong, in one line', 200),
  severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  detail: optionalText('the details', 3000),
  link: optionalLink('the link'),
  /** By the sender's clock; the episode is known by it. */
  startedAt: z.number().int().optional(),
});
export type AlertInput = z.output<typeof input> & { severity: Severity };

const seatOf = ({ input }: Scope<AlertInput>) => [input.seat];

/**
 * Takes what a machine says of an alert. One that begins opens an issue, or joins the open one of its number; one
 * that ends settles what rests on alerts alone. Repeated, late and mixed-up events change nothing more.
 */
export const takeAlert = defineAction({
  name: 'alert.take',
  input,
  allow: machine<AlertInput>('alerts:write', seatOf),
  async run(scope): Promise<Effects<Taken>> {
    const { tx, org, now, input, token } = scope;
    const seat = await needSeat(tx, org, input.seat);
    const known = await seeAlert(tx, org, token!.id, input.fingerprint, now);
    const startedAt = input.startedAt ?? presumed(known, input.state, now);
    const meaning = meaningOf(known, { state: input.state, startedAt });
    const row = {
      org,
      source: token!.id,
      fingerprint: input.fingerprint,
      state: input.state,
      startedAt,
      seenAt: now,
    };
    switch (meaning) {
      case 'begins': {
        const effects = await begin(scope, seat, known);
        await keepAlert(tx, { ...row, issue: effects.issue }, known !== undefined);
        return effects;
      }
      case 'ends': {
        await keepAlert(tx, { ...row, issue: known!.issue }, true);
        return end(scope, seat, known!);
      }
      case 'over':
        await keepAlert(tx, { ...row, issue: known?.issue ?? null }, known !== undefined);
        return said(scope, seat, 'noted');
      case 'repeats':
        return said(scope, seat, 'repeated', known?.issue ?? undefined);
      case 'stale':
        return said(scope, seat, 'stale', known?.issue ?? undefined);
      default:
        return meaning satisfies never;
    }
  },
});

/** Without a beginning, what fires or ends belongs to the episode that is known, and after its end to a new one. */
function presumed(known: Alert | undefined, state: AlertInput['state'], now: number): number {
  if (known === undefined) return now;
  return state === 'firing' && known.state === 'resolved'
    ? Math.max(now, known.startedAt + 1)
    : known.startedAt;
}
