import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { channelById, orgById } from '../../../db/orgs.ts';
import { KEPT, type Kept, MOST_DAYS, TERMS, retentionOf } from '../../domain/retention.ts';
import { invalid, notFound } from '../../errors.ts';
import type { Db } from '../../../db/store.ts';
import type { JsonObject } from '../../ui/card.ts';
import { parseZone } from '../../domain/zone-name.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { weeklyRule } from '../digest/rule.ts';

const days = (kept: Kept) =>
  z.coerce
    .number({ error: `How many days? A whole number from ${TERMS[kept].least} to ${MOST_DAYS}.` })
    .int(`How many days? A whole number from ${TERMS[kept].least} to ${MOST_DAYS}.`)
    .min(
      TERMS[kept].least,
      `At least ${TERMS[kept].least} ${TERMS[kept].least === 1 ? 'day' : 'days'}: ${TERMS[kept].because}.`,
    )
    .max(MOST_DAYS, `At most ${MOST_DAYS} days.`)
    .optional();

const input = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Please give the organisation a name.')
    .max(80, 'A name has 80 characters at most.')
    .optional(),
  zone: z.string().optional(),
  /** `mon 09:00` */
  digest: z.string().optional(),
  /** Channel id; empty: none. */
  governance: z.string().optional(),
  heads: z.string().optional(),
  followUps: days('followUps'),
  deliveries: days('deliveries'),
  messages: days('messages'),
  slots: days('slots'),
  drafts: days('drafts'),
  alerts: days('alerts'),
});

async function postable(tx: Db, org: string, id: string): Promise<string | null> {
  if (id === '') return null;
  const channel = await channelById(tx, org, id);
  if (channel === undefined || channel.kind === 'direct')
    throw notFound('Choose a channel that Coxswain was invited to.');
  return channel.id;
}

/** Changes what holds for the whole organisation; what is left out stays. The audit log has both, before and after. */
export const changeSettings = defineAction({
  name: 'org.settings',
  input,
  allow: atLeast('governor'),
  async run({ tx, org, input }) {
    const before = (await orgById(tx, org))!;
    const kept = retentionOf(before.retention);
    const wanted = KEPT.filter((name) => input[name] !== undefined && input[name] !== kept[name]);
    const { rule } =
      input.digest === undefined
        ? { rule: undefined }
        : weeklyRule(input.digest, before.zone, 'settings digest="mon 09:00"');
    const set = {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.zone === undefined ? {} : { zone: parseZone(input.zone) }),
      ...(rule === undefined ? {} : { digestRule: rule }),
      ...(input.governance === undefined
        ? {}
        : { governanceChannel: await postable(tx, org, input.governance) }),
      ...(input.heads === undefined ? {} : { headsChannel: await postable(tx, org, input.heads) }),
      ...(wanted.length === 0
        ? {}
        : {
            retention: {
              ...before.retention,
              ...Object.fromEntries(wanted.map((name) => [name, input[name]])),
            },
          }),
    };
    const changed = (Object.keys(set) as (keyof typeof set)[]).filter(
      (name) => JSON.stringify(set[name]) !== JSON.stringify(before[name]),
    );
    if (changed.length === 0)
      throw invalid('Nothing would change.', {
        hint: 'settings name="Harbour Insurance" zone=Europe/Berlin',
      });
    await tx.update(tx.t.orgs).set(set).where(eq(tx.t.orgs.id, org)).returning({ id: tx.t.orgs.id });
    // The name is what people wrote; everything else are ids, keys and numbers.
    const facts = (of: object): JsonObject =>
      Object.fromEntries(
        Object.entries(of).filter(([name]) => name !== 'name' && changed.includes(name as never)),
      );
    return {
      result: { changed: changed.map(String) },
      audit: {
        subject: `org:${org}`,
        facts: { changed: changed.map(String), before: facts(before), after: facts(set) },
        ...(changed.includes('name')
          ? { text: { before: before.name, after: set.name ?? before.name } }
          : {}),
      },
    };
  },
});
