import { MINUTE, type Wall } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { type Installations, type Installed, SendError, type Tokens } from '../platform.ts';
import type { Client } from './client.ts';
import { codeOfSlack } from './refused.ts';

/** Renewed so long before it expires: within it a workspace can still be told that renewing failed. Slack gives 12 hours. */
const EARLY_MS = 120 * MINUTE;
/** A token is used until so shortly before its end; clocks differ. */
const LAST_MS = MINUTE;
const POLL_MS = 250;
const POLLS = 80;

/** Slack will never take this refresh token again (docs.slack.dev/reference/methods/oauth.v2.access). */
const SPENT: ReadonlySet<string> = new Set([
  'invalid_refresh_token',
  'invalid_grant',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'account_inactive',
  'refresh_token_revoked',
  'token_rotation_not_enabled',
  'authorization_not_found',
]);

export const NOT_INSTALLED =
  'Coxswain is not installed in this Slack workspace any more. Install it there again, and this is sent.';
const NOT_RENEWED = 'its token could not be renewed';

export interface TokenDeps {
  readonly installations: Installations;
  readonly wall: Wall;
  readonly log: Log;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  /** Calls Slack without a token. */
  readonly anonymous: Client;
  /** Tells that nothing can be sent there any more, or from `until` on. */
  readonly ended: (tenant: string, why: string, until?: number) => Promise<void>;
}

/** Tokens that work now, or SendError. */
export interface TokenSource {
  current(tenant: string): Promise<Installed>;
  /** What to use in place of a token of this version, which Slack says has expired; undefined when there is nothing. */
  after(expired: Installed): Promise<Installed | undefined>;
}

export function createTokenSource(deps: TokenDeps): TokenSource {
  const { installations, wall, log } = deps;
  const find = (tenant: string) => installations.find('slack', tenant);
  const stillWorks = ({ expiresAt }: Installed) =>
    expiresAt === undefined || wall.now() < expiresAt - LAST_MS;

  /** Another copy is at it: what it gets is in the database in a moment. */
  async function ofOthers(kept: Installed): Promise<Installed> {
    for (let poll = 0; poll < POLLS; poll += 1) {
      const now = await find(kept.tenant);
      if (now === undefined) throw new SendError('unreachable', NOT_INSTALLED);
      if (now.version !== kept.version) return now;
      // Who had the task died, or gave up for now.
      if (await installations.claim(kept)) return renew(now);
      await wall.sleep(POLL_MS);
    }
    throw new SendError('transient', 'the token of this workspace is still being renewed');
  }

  /** This copy has the task. */
  async function renew(kept: Installed): Promise<Installed> {
    const { tenant } = kept;
    const { refresh } = kept.tokens();
    if (refresh === undefined) return lost(kept);
    try {
      const { tokens, expiresAt } = await exchange(deps, refresh);
      const stored = await installations.renewed(kept, tokens, expiresAt);
      log.info({ tenant, stored }, 'the token of a Slack workspace was renewed');
    } catch (error) {
      const code = codeOfSlack(error);
      if (code !== undefined && SPENT.has(code)) return lost(kept);
      await installations.release(kept);
      log.warn({ tenant, reason: code ?? 'no answer' }, 'the token of a Slack workspace was not renewed');
      throw new SendError('transient', 'the token of this workspace could not be renewed yet');
    }
    const now = await find(tenant);
    if (now === undefined) throw new SendError('unreachable', NOT_INSTALLED);
    return now;
  }

  /** As long as the present token works, its workspace can be told there. */
  async function lost(kept: Installed): Promise<Installed> {
    log.error(
      { tenant: kept.tenant },
      'a Slack workspace has to be installed again: its token cannot be renewed',
    );
    await deps.ended(kept.tenant, NOT_RENEWED, stillWorks(kept) ? kept.expiresAt : undefined);
    if (stillWorks(kept)) return kept;
    throw new SendError('unreachable', NOT_INSTALLED);
  }

  return {
    async current(tenant) {
      const kept = await find(tenant);
      if (kept === undefined) throw new SendError('unreachable', NOT_INSTALLED);
      if (kept.expiresAt === undefined || wall.now() < kept.expiresAt - EARLY_MS) return kept;
      if (stillWorks(kept)) {
        if (kept.trouble !== undefined || !(await installations.claim(kept))) return kept;
        return renew(kept).catch((error: unknown) => {
          if (error instanceof SendError && error.fault === 'transient') return kept;
          throw error;
        });
      }
      return (await installations.claim(kept)) ? renew(kept) : ofOthers(kept);
    },
    async after(expired) {
      const now = await find(expired.tenant);
      if (now === undefined) return undefined;
      if (now.version !== expired.version) return now;
      return (await installations.claim(now)) ? renew(now) : ofOthers(now);
    },
  };
}

async function exchange(
  { anonymous, oauth, wall }: TokenDeps,
  refresh: string,
): Promise<{ tokens: Tokens; expiresAt: number | undefined }> {
  const answer = await anonymous.oauth.v2.access({
    client_id: oauth.clientId,
    client_secret: oauth.clientSecret,
    grant_type: 'refresh_token',
    refresh_token: refresh,
  });
  return tokensOf(answer, wall.now());
}

/** The tokens in an answer of oauth.v2.access. Throws when there are none. */
export function tokensOf(
  answer: {
    readonly access_token?: string | undefined;
    readonly refresh_token?: string | undefined;
    readonly expires_in?: number | undefined;
  },
  now: number,
): { tokens: Tokens; expiresAt: number | undefined } {
  const { access_token: access, refresh_token: refresh, expires_in: seconds } = answer;
  if (access === undefined || access === '') throw new Error('Slack gave no token');
  return {
    tokens: { access, ...(refresh === undefined || refresh === '' ? {} : { refresh }) },
    expiresAt: seconds === undefined ? undefined : now + seconds * 1000,
  };
}
