import { z } from 'zod';
import { openScoreRequests } from '../../../db/scores.ts';
import { notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needSeat } from '../find.ts';
import { takeBackRequests } from './not-wanted.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string(),
  /** Person id. */
  reviewer: z.string(),
});

/** A score is not wanted any more: its reviewer is left in peace. */
export const cancelRequest = defineAction({
  name: 'score.cancel-request',
  input,
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, now, input }) {
    const seat = await needSeat(tx, org, input.seat);
    const open = await openScoreRequests(tx, org, [seat.id]);
    const request = open.find((r) => r.reviewer === input.reviewer);
    if (request === undefined)
      throw notFound(`Nobody waits for a score of ${seat.key} from this person.`, {
        hint: `score show ${seat.key}`,
      });
    const { changed, followUps } = await takeBackRequests(tx, org, now, { request: request.id });
    return {
      result: { seat: seat.key },
      audit: { subject: `seat:${seat.id}`, facts: { request: request.id, state: 'cancelled' } },
      changed,
      followUps,
    };
  },
});
