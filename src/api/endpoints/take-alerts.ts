import { z } from 'zod';
import { takeAlert } from '../../actions/alert/index.ts';
import { perform } from '../../actions/perform.ts';
import { seatById } from '../../../db/seats.ts';
import { CoxswainError, type ErrorCode } from '../../errors.ts';
import { sha256 } from '../../ids.ts';
import type { Json } from '../../ui/card.ts';
import { type Caller, ctxOf } from '../endpoint.ts';
import { type Fault, type Got, got, problem } from '../problem.ts';

export const takenSchema = z.object({
  alerts: z.array(
    z.object({
      outcome: z.enum(['opened', 'joined', 'settled', 'resolved', 'noted', 'repeated', 'stale']),
      issue: z.string().nullable().meta({ description: 'The name of its issue: CLAIMS-1.' }),
    }),
  ),
});

export type AlertEvent = Readonly<Record<string, unknown>> & {
  readonly seat: string | undefined;
  readonly fingerprint: string;
};

const MOST_KEY = 200;
/** Longer keys are told apart by their hash. */
const shortKey = (key: string): string => (key.length <= MOST_KEY ? key : sha256(key));

const NO_SEAT =
  'It is not clear which seat this is about. Give the alert a label “seat” with the key of the seat, add ?seat=… to the address, or use a token made for one seat.';

/**
 * Takes alerts one by one. One that is refused does not hold up the others, but the answer is 400 and says which, so
 * that the sender's own log shows it; sending all of them again changes nothing.
 */
export async function takeAlerts(caller: Caller, events: readonly AlertEvent[]): Promise<Got<Json>> {
  const { app, token } = caller;
  const own = token.seat === null ? undefined : (await seatById(app.store.read, token.org, token.seat))?.key;
  const taken: Json[] = [];
  const errors: Fault[] = [];
  // Alone, an alert for another seat is simply forbidden; among others it is one of those that were not taken.
  const passedOver: readonly ErrorCode[] =
    events.length === 1 ? ['invalid', 'not_found'] : ['invalid', 'not_found', 'forbidden', 'conflict'];
  for (const [index, event] of events.entries()) {
    const seat = event.seat ?? own;
    if (seat === undefined) {
      errors.push({ index, detail: NO_SEAT });
      continue;
    }
    try {
      const fingerprint = shortKey(event.fingerprint);
      const input = Object.fromEntries(
        Object.entries({ ...event, seat, fingerprint }).filter(([, v]) => v !== undefined),
      );
      taken.push(await perform(ctxOf(caller, `/${index}`), takeAlert, input));
    } catch (error) {
      if (!(error instanceof CoxswainError) || !passedOver.includes(error.code)) throw error;
      errors.push({ index, detail: error.message });
    }
  }
  if (errors.length === 0) return got({ alerts: taken });
  const some =
    taken.length === 0 ? 'No alert was taken' : `${taken.length} of ${events.length} alerts were taken`;
  app.log.warn({ taken: taken.length, refused: errors.length, token: token.id }, 'alerts were refused');
  return problem(400, `${some}. ${errors[0]!.detail}`, { errors });
}
