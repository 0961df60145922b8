import type { Json, JsonObject } from '../../src/ui/card.ts';
import type { Kit } from '../kit.pg.ts';
import type { OrgTables } from './org.ts';

/** The hash-chained log. Triggers (db/triggers.ts) refuse update and delete on `audit_entries`. */
export function auditTables(kit: Kit, { orgs }: OrgTables) {
  const { table, text, int, instant, json, primaryKey, index } = kit;

  const auditHeads = table('audit_heads', {
    org: text('org')
      .primaryKey()
      .references(() => orgs.id),
    seq: int('seq').notNull(),
    hash: text('hash').notNull(),
    /** HMAC over org, seq and hash under the installation's key: a cut tail cannot be covered up without it. */
    seal: text('seal').notNull(),
    /** When the organisation joined another: nobody adds anything to it any more. */
    closedAt: instant('closed_at'),
  });

  const auditEntries = table(
    'audit_entries',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      seq: int('seq').notNull(),
      at: instant('at').notNull(),
      action: text('action').notNull(),
      actor: json<JsonObject>('actor').notNull(),
      /** By which right it was allowed. */
      right: text('by_right').notNull(),
      subject: text('subject').notNull(),
      facts: json<JsonObject>('facts').notNull(),
      /** Salted digest of the text in `audit_texts`, or null: the text can be erased, the chain stays whole. */
      textDigest: text('text_digest'),
      prev: text('prev').notNull(),
      hash: text('hash').notNull(),
    },
    (t) => [primaryKey({ columns: [t.org, t.seq] }), index('audit_by_subject').on(t.org, t.subject)],
  );

  const auditTexts = table(
    'audit_texts',
    {
      org: text('org').notNull(),
      seq: int('seq').notNull(),
      salt: text('salt').notNull(),
      text: json<Json>('text'),
    },
    (t) => [primaryKey({ columns: [t.org, t.seq] })],
  );

  /** Heads of the chain that were signed and given away, to a channel and to a file. */
  const auditExports = table(
    'audit_exports',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      seq: int('seq').notNull(),
      hash: text('hash').notNull(),
      at: instant('at').notNull(),
      /** Which key signed it: see signing.ts. */
      keyId: text('key_id').notNull(),
      /** Ed25519, base64url. */
      signature: text('signature').notNull(),
      /** When it was written to the file of heads; null while it was not. */
      filedAt: instant('filed_at'),
    },
    (t) => [primaryKey({ columns: [t.org, t.seq] }), index('audit_exports_filed').on(t.filedAt)],
  );

  return { auditHeads, auditEntries, auditTexts, auditExports };
}
