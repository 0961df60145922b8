import { randomBytes } from 'node:crypto';
import { MINUTE, type Instant } from '../../clock.ts';
import type { Installations } from '../platform.ts';

/** So long somebody may take at Slack's page. */
const STATE_MS = 10 * MINUTE;

const TOKEN = /^[\w-]{20,64}$/;
const newToken = (): string => randomBytes(24).toString('base64url');

type Signing = Pick<Installations, 'sign' | 'isSigned' | 'spend'>;

/**
 * The `state` that goes to Slack and comes back: signed together with a cookie of the browser, so that nobody can have
 * an installation finished in another one, and nothing has to be stored before it is used.
 */
export function newState(signing: Signing, browser: string, now: Instant): string {
  const bare = `${newToken()}.${now + STATE_MS}`;
  return `${bare}.${signing.sign(`${bare}.${browser}`)}`;
}

export type Checked = 'good' | 'missing' | 'expired' | 'not ours' | 'used';

/** Whether an installation may go on. A state that is good is spent with this. */
export async function checkState(
  signing: Signing,
  state: string | null,
  browser: string | undefined,
  now: Instant,
): Promise<Checked> {
  if (state === null || state === '') return 'missing';
  const [nonce = '', until = '', mac = '', ...more] = state.split('.');
  const signed = `${nonce}.${until}.${browser ?? ''}`;
  if (browser === undefined || more.length > 0 || !signing.isSigned(signed, mac)) return 'not ours';
  if (Number(until) < now) return 'expired';
  return (await signing.spend(state, Number(until))) ? 'good' : 'used';
}

const nameOf = (secure: boolean): string => `${secure ? '__Host-' : ''}coxswain-install`;

/** The browser's cookie, where it came with the request. */
export function browserOf(cookies: string | undefined, secure: boolean): string | undefined {
  const start = `${nameOf(secure)}=`;
  const found = (cookies ?? '').split(';').find((one) => one.trim().startsWith(start));
  const value = found?.trim().slice(start.length) ?? '';
  return TOKEN.test(value) ? value : undefined;
}

export const newBrowser = newToken;

/** Without TLS, which only an address of this machine may be, browsers would not keep a cookie that is `Secure`. */
export const cookieFor = (browser: string, secure: boolean): string =>
  `${nameOf(secure)}=${browser}; Path=/; Max-Age=${STATE_MS / 1000}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
