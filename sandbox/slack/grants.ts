import type { Wall } from '../../src/clock.ts';
import { secret } from './state.ts';

/** Which workspaces a token reaches: one, or all of a Grid. */
export interface Grant {
  /** Team id, or enterprise id. */
  readonly tenant: string;
  readonly teams: readonly string[];
  /** Who installed. */
  readonly by: string;
}

interface Token {
  readonly grant: Grant;
  readonly expiresAt: number | undefined;
}

export interface Pair {
  readonly access: string;
  readonly refresh: string | undefined;
}

/** Codes and tokens that were given out, with Slack's rules: a code and a refresh token work once. */
export interface Grants {
  code(grant: Grant, redirect: string): string;
  /** The grant of a code, which is spent with it; or Slack's error. */
  redeem(code: string, redirect: string): Grant | string;
  issue(grant: Grant): Pair;
  /** A new pair for a refresh token, which is spent with it; or Slack's error. */
  renew(refresh: string): { readonly grant: Grant; readonly pair: Pair } | string;
  /** Slack's error for an access token; undefined for a good one. */
  problem(access: string): string | undefined;
  teamsOf(access: string): readonly string[];
  revoke(tenant: string): void;
}

/** `expiresIn`: seconds that access tokens live; undefined without token rotation. */
export function createGrants(wall: Pick<Wall, 'now'>, expiresIn: number | undefined): Grants {
  const codes = new Map<string, { readonly grant: Grant; readonly redirect: string; used: boolean }>();
  const tokens = new Map<string, Token>();
  const refreshes = new Map<string, { readonly grant: Grant; used: boolean }>();
  const revoked = new Set<string>();

  const issue = (grant: Grant): Pair => {
    const access = `${expiresIn === undefined ? 'xoxb' : 'xoxe.xoxb'}-${grant.tenant}-${secret()}`;
    tokens.set(access, {
      grant,
      expiresAt: expiresIn === undefined ? undefined : wall.now() + expiresIn * 1000,
    });
    if (expiresIn === undefined) return { access, refresh: undefined };
    const refresh = `xoxe-1-${secret()}`;
    refreshes.set(refresh, { grant, used: false });
    return { access, refresh };
  };

  return {
    issue,
    code(grant, redirect) {
      const code = `${grant.tenant}.${secret()}`;
      codes.set(code, { grant, redirect, used: false });
      return code;
    },
    redeem(code, redirect) {
      const known = codes.get(code);
      if (known === undefined) return 'invalid_code';
      if (known.used) return 'code_already_used';
      if (known.redirect !== redirect) return 'bad_redirect_uri';
      known.used = true;
      return known.grant;
    },
    renew(refresh) {
      const known = refreshes.get(refresh);
      if (known === undefined || known.used) return 'invalid_refresh_token';
      known.used = true;
      return { grant: known.grant, pair: issue(known.grant) };
    },
    problem(access) {
      const token = tokens.get(access);
      if (token === undefined) return 'invalid_auth';
      if (revoked.has(access)) return 'token_revoked';
      return token.expiresAt !== undefined && token.expiresAt <= wall.now() ? 'token_expired' : undefined;
    },
    teamsOf: (access) => tokens.get(access)?.grant.teams ?? [],
    revoke(tenant) {
      for (const [access, { grant }] of tokens) if (grant.tenant === tenant) revoked.add(access);
      for (const [refresh, { grant }] of refreshes) if (grant.tenant === tenant) refreshes.delete(refresh);
    },
  };
}
