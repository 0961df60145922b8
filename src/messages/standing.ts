import type { AskStanding } from '../context.ts';
import { MINUTE } from '../clock.ts';
import type { PlatformKind } from '../domain/person.ts';
import { type Outbound, SendError } from '../platforms/platform.ts';

/** After a platform did not answer, or refused to. */
const PAUSE = 15 * MINUTE;

/** What platforms say of accounts, as cautiously as roles depend on it: nothing that is not said for certain. */
export const createStanding =
  (outboundOf: (platform: PlatformKind) => Outbound | undefined): AskStanding =>
  async ({ platform, tenant, ref }) => {
    const outbound = outboundOf(platform);
    if (outbound === undefined) return { wait: PAUSE };
    try {
      const profile = await outbound.profile(tenant, ref);
      if (profile === undefined)
        return (await outbound.absent?.(tenant, ref)) === true ? 'missing' : 'untold';
      if (!profile.active) return 'deactivated';
      if (!profile.guest) return 'member';
      return profile.unsure === true ? 'untold' : 'guest';
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      return error.fault === 'unreachable' || error.fault === 'refused'
        ? 'untold'
        : { wait: Math.max(error.retryAfterMs ?? PAUSE, MINUTE) };
    }
  };
