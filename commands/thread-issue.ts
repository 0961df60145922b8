import { type Issue, issueOfThread } from '../src/queries/issue-thread.ts';
import type { Asked } from './command.ts';

/** The issue in whose thread somebody speaks, or on whose message they act. */
export async function threadIssue(asked: Asked): Promise<Issue | undefined> {
  const { place, message } = asked.from;
  const refs = [place.thread, message?.ref].filter((ref) => ref !== undefined);
  if (refs.length === 0 || place.kind === 'direct') return undefined;
  const channel = await asked.channel();
  if (channel === undefined) return undefined;
  return issueOfThread(asked.store.read, asked.org, channel, refs);
}
