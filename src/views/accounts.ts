import { z } from 'zod';
import { personById } from '../../db/people.ts';
import { joinedCard, linkConfirmCard, linkedCard, singleCard, singleSaidCard } from '../cards/accounts.ts';
import type { App } from '../context.ts';
import { describePeople } from '../queries/accounts.ts';
import { presentKept } from '../queries/kept.ts';
import { defineView } from './view.ts';

const described = async (app: App, org: string, id: string) =>
  (await describePeople(app.store.read, org, [id]))[0];

/** To who made a code, or has an address: who redeemed it, or says to have it too, and whether they are the same. */
export const linkAskView = defineView({
  args: z.object({ maker: z.string(), other: z.string(), how: z.enum(['code', 'address']).default('code') }),
  async draw(app, org, { maker, other, how }) {
    const [me, them] = [await personById(app.store.read, org, maker), await described(app, org, other)];
    if (me === undefined || them === undefined) return undefined;
    if (me.id === them.id || !them.active || me.mergedInto !== null)
      return linkConfirmCard(them, { state: 'linked', how }, me.role);
    const waits = me.linkCode === `asked:${other}` && (me.linkCodeUntil ?? 0) > app.clock.now();
    return linkConfirmCard(them, { state: waits ? 'waits' : 'over', how }, me.role);
  },
});

/** To who was linked, with what they wanted to do before. */
export const linkedView = defineView({
  args: z.object({ person: z.string(), other: z.string() }),
  async draw(app, org, { person }) {
    const me = await described(app, org, person);
    return me === undefined
      ? undefined
      : linkedCard(me, await presentKept(app.store.read, org, person, app.clock.now()));
  },
});

/** To admins: somebody says that they have one account only. */
export const singleView = defineView({
  args: z.object({ person: z.string() }),
  async draw(app, org, { person }) {
    const [them, row] = [await described(app, org, person), await personById(app.store.read, org, person)];
    if (them === undefined || row === undefined) return undefined;
    const by = row.aloneBy === null ? undefined : (await personById(app.store.read, org, row.aloneBy))?.name;
    return singleCard(them, by);
  },
});

/** To who was confirmed. */
export const singleSaidView = defineView({
  args: z.object({ person: z.string() }),
  draw: async (app, org, { person }) =>
    singleSaidCard(await presentKept(app.store.read, org, person, app.clock.now())),
});

/** To who made the code by which an organisation joined. */
export const joinedView = defineView({
  args: z.object({
    what: z.string(),
    org: z.string(),
    by: z.string(),
    people: z.number(),
    linked: z.number(),
  }),
  draw: (_app, _org, args) => Promise.resolve(joinedCard(args)),
});
