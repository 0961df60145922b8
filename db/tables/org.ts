import type { Rule } from '../../src/domain/calendar.ts';
import type { Retention } from '../../src/domain/retention.ts';
import type { WorkingHours } from '../../src/domain/working-time.ts';
import type { PlatformKind } from '../../src/domain/person.ts';
import type { RoleInCoxswain } from '../../src/domain/person.ts';
import type { InstallationDetails } from '../../src/domain/installation.ts';
import type { TokenScope } from '../../src/domain/token.ts';
import type { Visibility } from '../../src/domain/visibility.ts';
import type { JsonObject, Press } from '../../src/ui/card.ts';
import type { Kit } from '../kit.pg.ts';

/** Organisations, their people, and where on the platforms they are. */
export function orgTables(kit: Kit) {
  const { table, text, int, bool, instant, json, primaryKey, foreignKey, index, uniqueIndex } = kit;

  const orgs = table('orgs', {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    zone: text('zone').notNull(),
    createdAt: instant('created_at').notNull(),
    /** SHA-256 of the one-time code that makes its redeemer admin; null once used. */
    adminCode: text('admin_code'),
    /** Made by the sandbox: never mistaken for a real one, and put aside at its next start. */
    sandbox: bool('sandbox').notNull().default(false),
    /** Made by installing the app from its page: not the organisation to which the credentials in the environment belong. */
    installed: bool('installed').notNull().default(false),
    /** Channel id where escalations end. */
    governanceChannel: text('governance_channel'),
    /** When the nightly duties run next. */
    nightlyAt: instant('nightly_at'),
    ruleCount: int('rule_count').notNull().default(0),
    /** SHA-256 of the one-time code with which another organisation joins this one; null once used. */
    joinCode: text('join_code'),
    joinCodeUntil: instant('join_code_until'),
    /** Person id of the admin who made it. */
    joinCodeBy: text('join_code_by'),
    /** The organisation that took everything over; of this one only its audit chain is left. */
    joinedInto: text('joined_into'),
    /** True while a seat or a channel is not for everyone: otherwise nobody has to ask what is hidden from whom. */
    restricted: bool('restricted').notNull().default(false),
    /** When a channel's digest comes if nobody says otherwise; null: Monday 09:00. */
    digestRule: json<Rule>('digest_rule'),
    /** Channel id to which heads of the audit chain are posted. */
    headsChannel: text('heads_channel'),
    /** Days that differ from the default: see domain/retention.ts. */
    retention: json<Partial<Retention>>('retention'),
    /** When the last backup was made and verified. */
    backedUpAt: instant('backed_up_at'),
  });

  const people = table(
    'people',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      id: text('id').notNull(),
      name: text('name').notNull(),
      email: text('email'),
      zone: text('zone').notNull(),
      hours: json<WorkingHours>('hours').notNull(),
      role: text('role').$type<RoleInCoxswain>().notNull(),
      active: bool('active').notNull(),
      guest: bool('guest').notNull(),
      awayUntil: instant('away_until'),
      delegate: text('delegate'),
      /** ISO 3166-1 code, with a subdivision where it matters (`DE`, `DE-BY`): whose public holidays count. */
      country: text('country'),
      /** False: no reminders before a digest, until the person wants them again. */
      nudges: bool('nudges').notNull().default(true),
      primaryPlatform: text('primary_platform').$type<PlatformKind>().notNull(),
      createdAt: instant('created_at').notNull(),
      /** When the present absence began. */
      awaySince: instant('away_since'),
      /** Another account of the same human, which is the one that counts. */
      mergedInto: text('merged_into'),
      /** When somebody confirmed that this human has no other account here, and the person id of who did. */
      aloneAt: instant('alone_at'),
      aloneBy: text('alone_by'),
      /** SHA-256 of the one-time code with which another account of this person is linked. */
      linkCode: text('link_code'),
      linkCodeUntil: instant('link_code_until'),
      /** Codes that were wrong since `wrongCodesFrom`: who guesses has to wait. */
      wrongCodes: int('wrong_codes').notNull().default(0),
      wrongCodesFrom: instant('wrong_codes_from'),
      /** What waits until this person's accounts are linked, as a button. */
      kept: json<{ readonly label: string; readonly at: number; readonly on: Press }>('kept'),
      /** When everything that names this person was erased. */
      erasedAt: instant('erased_at'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('people_by_email').on(t.org, t.email),
      index('people_by_link_code').on(t.org, t.linkCode),
    ],
  );

  const identities = table(
    'identities',
    {
      org: text('org').notNull(),
      platform: text('platform').$type<PlatformKind>().notNull(),
      tenant: text('tenant').notNull(),
      ref: text('ref').notNull(),
      person: text('person').notNull(),
      name: text('name').notNull(),
      /** Why this account does nothing any more; null while it is an active member's. */
      gone: text('gone').$type<'deactivated' | 'guest'>(),
      /** When its platform last said how it is. */
      checkedAt: instant('checked_at'),
      /** Since when its platform does not find it, although it was asked. */
      missingSince: instant('missing_since'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.platform, t.tenant, t.ref] }),
      uniqueIndex('identities_ref').on(t.platform, t.tenant, t.ref),
      index('identities_by_person').on(t.org, t.person),
      foreignKey({
        columns: [t.org, t.person],
        foreignColumns: [people.org, people.id],
        name: 'identities_person',
      }),
    ],
  );

  const installations = table(
    'installations',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      platform: text('platform').$type<PlatformKind>().notNull(),
      tenant: text('tenant').notNull(),
      name: text('name').notNull(),
      active: bool('active').notNull(),
      createdAt: instant('created_at').notNull(),
      /** When its people's accounts are looked at next. */
      checkAt: instant('check_at'),
      /** When it came with another organisation; null where it was connected to this one. */
      joinedAt: instant('joined_at'),
      /** Tokens of an installation by OAuth, sealed. Null where they stand in the configuration, or are no more. */
      credentials: text('credentials'),
      /** What the platform told when it was installed; nothing secret. */
      details: json<InstallationDetails>('details'),
      /** One more with every change of the credentials. */
      tokenVersion: int('token_version').notNull().default(0),
      /** Real time. Null: the access token does not expire. */
      tokenExpiresAt: instant('token_expires_at'),
      /** Real time until when one copy has the task of renewing the token. */
      renewingUntil: instant('renewing_until'),
      /** Why nothing can be sent, in a few words; null while all is well. */
      trouble: text('trouble'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.platform, t.tenant] }),
      uniqueIndex('installations_tenant').on(t.platform, t.tenant),
    ],
  );

  /** Installations that somebody began in a browser. They belong to no organisation yet. */
  const installStates = table('install_states', {
    /** SHA-256 of the state, hex: what is stored does not let anybody finish. */
    hash: text('hash').primaryKey(),
    /** Real time. */
    expiresAt: instant('expires_at').notNull(),
  });

  const channels = table(
    'channels',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      id: text('id').notNull(),
      platform: text('platform').$type<PlatformKind>().notNull(),
      tenant: text('tenant').notNull(),
      ref: text('ref').notNull(),
      name: text('name').notNull(),
      kind: text('kind').$type<'channel' | 'group' | 'direct'>().notNull(),
      /** Whose direct conversation this is. */
      person: text('person'),
      /** What the platform needs to post here without being spoken to. */
      conversation: json<JsonObject>('conversation').notNull(),
      active: bool('active').notNull(),
      /** Who may see elsewhere what reports here. */
      visibility: text('visibility').$type<Visibility>().notNull().default('everyone'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('channels_ref').on(t.org, t.platform, t.tenant, t.ref),
      index('channels_by_person').on(t.org, t.person),
    ],
  );

  /** Keys for machines. The token itself is shown once and kept as a hash. */
  const tokens = table(
    'tokens',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      id: text('id').notNull(),
      name: text('name').notNull(),
      /** SHA-256 of the token, hex. */
      hash: text('hash').notNull(),
      scopes: json<readonly TokenScope[]>('scopes').notNull(),
      /** Seat id: the token reaches this seat only. Null: every seat. */
      seat: text('seat'),
      /** What checks the signatures of a sender that can sign, sealed. */
      signingSecret: text('signing_secret'),
      createdAt: instant('created_at').notNull(),
      createdBy: text('created_by').notNull(),
      expiresAt: instant('expires_at'),
      revokedAt: instant('revoked_at'),
      revokedBy: text('revoked_by'),
      /** To the hour: every use would be a write. */
      usedAt: instant('used_at'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('tokens_hash').on(t.hash),
      // A sender that signs names its token by the id alone.
      index('tokens_by_id').on(t.id),
    ],
  );

  return { orgs, people, identities, installations, installStates, channels, tokens };
}

export type OrgTables = ReturnType<typeof orgTables>;
