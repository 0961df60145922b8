import type { JsonObject } from '../../src/ui/card.ts';
import type { PlatformKind } from '../../src/domain/person.ts';
import type { SendFault, ShownRef } from '../../src/platforms/platform.ts';
import type { Kit } from '../kit.pg.ts';
import type { OrgTables } from './org.ts';

/** What should be on display where, and every attempt to get it there. See src/messages. */
export function messageTables(kit: Kit, { orgs }: OrgTables) {
  const { table, text, int, bool, instant, json, primaryKey, foreignKey, index, uniqueIndex } = kit;

  const messages = table(
    'messages',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      id: text('id').notNull(),
      /** Destination, purpose, period or step: wanting the same thing twice is one message. */
      key: text('key').notNull(),
      toKind: text('to_kind').$type<'person' | 'channel'>().notNull(),
      toId: text('to_id').notNull(),
      view: text('view').notNull(),
      args: json<JsonObject>('args').notNull(),
      /** What it is about: a change of this subject raises the wanted revision. */
      subject: text('subject').notNull(),
      wanted: int('wanted').notNull(),
      shown: int('shown').notNull(),
      ref: json<ShownRef>('ref'),
      /** The id in `ref`: what is said in a message's thread names it. */
      refId: text('ref_id'),
      /** Where it was shown to a person, who may get what comes next elsewhere. Null in channels. */
      platform: text('platform').$type<PlatformKind>(),
      tenant: text('tenant'),
      state: text('state').$type<'live' | 'held' | 'parked' | 'withdrawn'>().notNull(),
      reason: text('reason'),
      mayRepeat: bool('may_repeat').notNull(),
      threadOf: text('thread_of'),
      createdAt: instant('created_at').notNull(),
      /** Business time before which it is not shown first: somebody's next working morning. */
      notBefore: instant('not_before').notNull(),
      /** Wall time of the next attempt; null when what is wanted is shown. */
      tryAt: instant('try_at'),
      tries: int('tries').notNull(),
      leaseUntil: instant('lease_until'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('messages_key').on(t.org, t.key),
      index('messages_due').on(t.state, t.tryAt),
      index('messages_by_subject').on(t.org, t.subject),
      index('messages_by_ref').on(t.org, t.refId),
    ],
  );

  const deliveries = table(
    'deliveries',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      message: text('message').notNull(),
      revision: int('revision').notNull(),
      kind: text('kind').$type<'post' | 'update'>().notNull(),
      startedAt: instant('started_at').notNull(),
      endedAt: instant('ended_at'),
      /** `sending` after a crash means: the outcome is unknown. */
      outcome: text('outcome').$type<'sending' | 'shown' | SendFault>().notNull(),
      detail: text('detail'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('deliveries_by_message').on(t.org, t.message, t.startedAt),
      foreignKey({
        columns: [t.org, t.message],
        foreignColumns: [messages.org, messages.id],
        name: 'deliveries_message',
      }),
    ],
  );

  return { messages, deliveries };
}
