import { DAY, HOUR, type Instant } from '../clock.ts';
import { invalid } from '../errors.ts';
import { parseDuration } from './duration.ts';

/** What a machine may do with its token. */
export const TOKEN_SCOPES = ['readings:write', 'seats:read', 'issues:write', 'alerts:write'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** What people type for a scope. */
const SCOPE_WORDS: Readonly<Record<string, TokenScope>> = {
  readings: 'readings:write',
  read: 'seats:read',
  issues: 'issues:write',
  alerts: 'alerts:write',
};

/** In words, for lists and forms. */
export const SCOPE_MEANINGS: Readonly<Record<TokenScope, string>> = {
  'readings:write': 'log readings',
  'seats:read': 'read seats and their numbers',
  'issues:write': 'raise issues',
  'alerts:write': 'send alerts',
};

/** Scopes as people type them: `readings,read` or `readings:write`. Throws `invalid`. */
export function parseScopes(text: string): TokenScope[] {
  const words = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const scopes = words.map((word): TokenScope => {
    const known = TOKEN_SCOPES.find((scope) => scope === word) ?? SCOPE_WORDS[word];
    if (known !== undefined) return known;
    const choose = Object.keys(SCOPE_WORDS).join(', ');
    throw invalid(`“${word.slice(0, 40)}” is not a scope: choose among ${choose}.`, {
      hint: 'token new ci scope=readings,read',
      fields: { scopes: `Choose among ${choose}.` },
    });
  });
  const wanted = new Set(scopes);
  return TOKEN_SCOPES.filter((scope) => wanted.has(scope));
}

/** Instant at which a token made at `now` ends: `90d`, `12h`; null for `never`. Throws `invalid`. */
export function parseExpiry(text: string, now: Instant): Instant | null {
  if (text.trim().toLowerCase() === 'never') return null;
  const length = parseDuration(text);
  if (length < HOUR)
    throw invalid('A token lives for an hour at least.', {
      hint: 'token new ci expires=90d',
      fields: { expires: 'Give an hour or more, like 90d, or never.' },
    });
  return now + length;
}

/** A token ends within this time: said wherever it is shown. */
export const ENDS_SOON = 14 * DAY;

/** The hour in which an instant lies: as exactly as the use of a token is kept. */
export const hourOf = (at: Instant): Instant => Math.floor(at / HOUR) * HOUR;

export interface TokenLife {
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
}

/** Whether a token is valid at `now`. */
export function tokenState(token: TokenLife, now: Instant): 'active' | 'expired' | 'revoked' {
  if (token.revokedAt !== null) return 'revoked';
  return token.expiresAt !== null && token.expiresAt <= now ? 'expired' : 'active';
}

const SHAPE = /^cxs_([a-z0-9]{16})_([A-Za-z0-9_-]{43})$/;

/** `cxs_<id>_<secret>`: recognisable for scanners that look for secrets in code. */
export const formatToken = (id: string, secret: string): string => `cxs_${id}_${secret}`;

/** Whether a text looks like one of our tokens. Says nothing about its being valid. */
export const looksLikeToken = (text: string): boolean => SHAPE.test(text);
