import { eq } from 'drizzle-orm';
import { appendAudit, createAuditHead } from '../../../db/audit.ts';
import type { Db } from '../../../db/store.ts';
import type { Instant } from '../../clock.ts';
import type { App } from '../../context.ts';
import { newId } from '../../ids.ts';
import type { JsonObject } from '../../ui/card.ts';
import { codeDigest, newCode } from '../one-time-code.ts';
import { nextNight } from './night.ts';

export interface NewOrg {
  /** A new one when left out. Throws a unique violation when it is taken. */
  readonly id?: string;
  readonly name: string;
  readonly zone: string;
  /** Belongs to the sandbox. */
  readonly sandbox?: boolean;
  /** Not the organisation to which the credentials in the environment belong. */
  readonly installed?: boolean;
}

/** What is done in the transaction in which an organisation is founded, with its own entry in the audit log. */
interface Also {
  readonly action: string;
  readonly write: (tx: Db, org: string, now: Instant) => Promise<{ subject: string; facts: JsonObject }>;
}

/**
 * The first step of an installation, before there is anybody who could be asked: the organisation, the head of
 * its audit chain, and the one-time code that makes whoever redeems it admin. Only its digest is kept.
 */
export async function createOrg(
  app: App,
  org: NewOrg,
  also?: Also,
): Promise<{ id: string; adminCode: string }> {
  const { id = newId() } = org;
  const adminCode = newCode();
  const now = app.clock.now();
  await app.store.write(async (tx) => {
    await tx.insert(tx.t.orgs).values({
      ...org,
      id,
      sandbox: org.sandbox ?? false,
      installed: org.installed ?? false,
      createdAt: now,
      nightlyAt: nextNight(org.zone, now),
      adminCode: codeDigest(adminCode),
    });
    await createAuditHead(tx, app.keys, id);
    await appendAudit(tx, app.keys, {
      org: id,
      at: now,
      action: 'org.create',
      actor: { kind: 'schedule', job: 'first start' },
      right: 'first start',
      subject: `org:${id}`,
      facts: { zone: org.zone },
    });
    if (also === undefined) return;
    await appendAudit(tx, app.keys, {
      org: id,
      at: now,
      action: also.action,
      actor: { kind: 'system', cause: 0 },
      right: 'first installation',
      ...(await also.write(tx, id, now)),
    });
  });
  return { id, adminCode };
}

/** A new one-time code, for an organisation that has no admin (any more). The one before is void. */
export async function renewAdminCode(app: App, org: string): Promise<string> {
  const adminCode = newCode();
  await app.store.write(async (tx) => {
    await tx
      .update(tx.t.orgs)
      .set({ adminCode: codeDigest(adminCode) })
      .where(eq(tx.t.orgs.id, org))
      .returning({ id: tx.t.orgs.id });
    await appendAudit(tx, app.keys, {
      org,
      at: app.clock.now(),
      action: 'org.renew-code',
      actor: { kind: 'schedule', job: 'start' },
      right: 'nobody is admin',
      subject: `org:${org}`,
      facts: {},
    });
  });
  return adminCode;
}
