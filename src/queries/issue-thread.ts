import { z } from 'zod';
import { type Issue, issueById } from '../../db/issues.ts';
import { messagesByRef } from '../../db/messages.ts';
import type { Db } from '../../db/store.ts';

export type { Issue };

const issueArgs = z.object({ issue: z.string() });

/** The issue whose post in this channel the platform knows by one of these ids: what stands below it is its thread. */
export async function issueOfThread(
  db: Db,
  org: string,
  channel: string,
  refs: readonly string[],
): Promise<Issue | undefined> {
  const found = await Promise.all(refs.map((ref) => messagesByRef(db, org, channel, ref)));
  const post = found.flat().find((message) => message.view === 'issue');
  return post === undefined ? undefined : issueById(db, org, issueArgs.parse(post.args).issue);
}
