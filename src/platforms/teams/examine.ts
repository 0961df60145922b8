import { unavailable } from '../../errors.ts';
import { type AskedChannel, type PlatformReport, SendError } from '../platform.ts';
import { splitThread } from './activity.ts';
import type { Connector, TokenSource } from './connector.ts';

/** Channels that are asked about at the same time. */
const AT_ONCE = 5;

/** Whether Microsoft gives the app a token, and in which of these channels Coxswain is. */
export async function examine(
  appId: string,
  token: TokenSource,
  isIn: Connector['isIn'],
  channels: readonly AskedChannel[],
): Promise<PlatformReport> {
  try {
    await token();
  } catch {
    // Its sentence may hold the tenant's address and what was sent.
    throw unavailable('Microsoft gives no token for the app: its id, its secret or its tenant is wrong');
  }
  const absent: string[] = [];
  const present: string[] = [];
  for (let from = 0; from < channels.length; from += AT_ONCE) {
    const some = channels.slice(from, from + AT_ONCE);
    const there = await Promise.all(some.map((channel) => isThere(isIn, channel)));
    absent.push(...some.filter((_, at) => there[at] === false).map(({ ref }) => ref));
    present.push(...some.filter((_, at) => there[at] === true).map(({ ref }) => ref));
  }
  return { account: `app ${appId}`, missing: [], absent, present };
}

/** Undefined when Teams does not say. */
async function isThere(isIn: Connector['isIn'], channel: AskedChannel): Promise<boolean | undefined> {
  if (channel.serviceUrl === undefined) return undefined;
  try {
    return await isIn(channel.serviceUrl, splitThread(channel.ref).ref);
  } catch (error) {
    if (error instanceof SendError) return undefined;
    throw error;
  }
}
