import type { Db } from '../../../db/store.ts';
import { newId } from '../../ids.ts';

/** Keeps what a person said about an issue; reasons for a change are kept here too. */
export async function addComment(
  tx: Db,
  c: { org: string; issue: string; now: number; person: string; text: string; link?: string | undefined },
): Promise<void> {
  await tx.insert(tx.t.comments).values({
    org: c.org,
    id: newId(),
    issue: c.issue,
    at: c.now,
    person: c.person,
    text: c.text,
    link: c.link ?? null,
  });
}
