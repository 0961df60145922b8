import { z } from 'zod';
import { orgById } from '../../../db/orgs.ts';
import { forgetBatch } from '../../../db/retention.ts';
import { DAY } from '../../clock.ts';
import { KEPT, retentionOf } from '../../domain/retention.ts';
import { type FollowUp, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** Batches of a night; what is left then goes the next night. */
const MOST_BATCHES = 200;

/** Forgets a batch of everything that was kept for long enough; as long as there is more, the next batch follows. */
export const forgetOld = defineAction({
  name: 'org.forget',
  input: z.object({ night: z.number(), batch: z.number().int().min(0) }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input: { night, batch } }) {
    const terms = retentionOf((await orgById(tx, org))!.retention);
    const gone: Record<string, number> = {};
    // In this order: a message goes once no attempt of it is left.
    for (const kept of KEPT) {
      const rows = await forgetBatch(tx, org, kept, now - terms[kept] * DAY);
      if (rows > 0) gone[kept] = rows;
    }
    const more = Object.keys(gone).length > 0 && batch < MOST_BATCHES;
    const next = {
      action: 'org.forget',
      input: { night, batch: batch + 1 },
      key: `forget:${night}:${batch + 1}`,
    };
    return {
      result: { gone },
      audit: { subject: `org:${org}`, facts: { forgotten: gone } },
      followUps: more ? [next] : [],
    };
  },
});

/** The nightly duty. */
export const forgetNightly = (_tx: unknown, _org: string, night: number): Promise<FollowUp[]> =>
  Promise.resolve([{ action: 'org.forget', input: { night, batch: 0 }, key: `forget:${night}:0` }]);
