import type { PlatformKind } from './person.ts';

/** Names one account on a platform. */
export interface Account {
  readonly platform: PlatformKind;
  readonly tenant: string;
  readonly ref: string;
}

/** Why an account does nothing any more; null while it is an active member's. */
export type Gone = 'deactivated' | 'guest' | null;

export const goneOf = ({ guest, active }: { readonly guest: boolean; readonly active: boolean }): Gone =>
  active ? (guest ? 'guest' : null) : 'deactivated';

/** A person is what the best of their accounts is: one that works is enough. */
export const personOf = (accounts: readonly Gone[]): { guest: boolean; active: boolean } => {
  const works = accounts.includes(null);
  return { guest: !works && accounts.includes('guest'), active: works || accounts.includes('guest') };
};

/** What a platform that was asked says of an account. `missing`: it has none of that name; `untold`: nothing is certain. */
export type Standing = 'member' | 'guest' | 'deactivated' | 'missing' | 'untold';
