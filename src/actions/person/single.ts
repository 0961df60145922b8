import { z } from 'zod';
import { peopleWithRole } from '../../../db/people.ts';
import { conflict, forbidden } from '../../errors.ts';
import { type Effects, defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { mayHaveTwin } from '../one-account.ts';
import { confirm, singleSubject } from './settled.ts';

type Asked = { confirmed: boolean; admins: string[] };

/** As many admins are asked. */
const MOST_ASKED = 5;

/** Somebody says that they have no other account; an admin who is somebody else confirms it. */
export const askSingle = defineAction({
  name: 'person.single',
  input: z.object({}),
  allow: anyone,
  async run({ tx, org, now, person }): Promise<Effects<Asked>> {
    const me = person!;
    if (!(await mayHaveTwin(tx, org, me)))
      throw conflict('Nobody doubts it: you may approve what is yours to approve.');
    const admins = (await peopleWithRole(tx, org, 'admin')).filter((a) => a.id !== me.id);
    const audit = (facts: Record<string, string | string[]>) => ({ subject: `person:${me.id}`, facts });
    if (admins.length > 0) {
      const asked = admins.slice(0, MOST_ASKED);
      return {
        result: { confirmed: false, admins: asked.map((a) => a.name) },
        audit: audit({ saysSingle: me.id, asked: asked.map((a) => a.id) }),
        shows: asked.map((a) => ({
          key: `single:${me.id}:${a.id}`,
          to: { kind: 'person' as const, id: a.id },
          view: 'single',
          args: { person: me.id },
          subject: singleSubject(me.id),
        })),
      };
    }
    if (me.role !== 'admin')
      throw forbidden('Nobody is admin here who could confirm it.', { hint: 'admin claim CODE' });
    await confirm(tx, org, me.id, me.id, now);
    return { result: { confirmed: true, admins: [] }, audit: audit({ single: me.id, by: 'only admin' }) };
  },
});
