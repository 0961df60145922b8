import type { PlatformKind } from './person.ts';

/** A workspace or tenant that is connected. */
export interface Connected {
  readonly platform: PlatformKind;
  readonly tenant: string;
  /** It came with another organisation: its people are others than those of the same platform. */
  readonly joinedAt: number | null;
}

/** Workspaces that were connected together by one operator count as one; each that joined counts by itself. */
const worldOf = ({ platform, tenant, joinedAt }: Connected): string =>
  joinedAt === null ? platform : `${platform}:${tenant}`;

/** Where people of this organisation may have accounts: two people there may be one. */
const worldsOf = (connected: readonly Connected[]): ReadonlySet<string> => new Set(connected.map(worldOf));

/**
 * Whether this human may have another account in the organisation that nobody has linked: there is a place where they
 * have none, and nobody has confirmed that they have no other. Who might have one gives no approval, since two accounts of
 * one human must not approve twice.
 */
export function mightHaveTwin(
  connected: readonly Connected[],
  accounts: readonly { readonly platform: PlatformKind; readonly tenant: string }[],
  aloneAt: number | null,
): boolean {
  if (aloneAt !== null) return false;
  const here = connected.filter((c) =>
    accounts.some((a) => a.platform === c.platform && a.tenant === c.tenant),
  );
  return worldsOf(here).size < worldsOf(connected).size;
}

/**
 * Whether the address of who has these accounts is more than somebody's word. Slack confirms addresses itself. What a
 * Microsoft 365 tenant says of its people is what its administrators typed: enough in the organisation that connected it,
 * and not in one that it joined, where it would make them whomever they name.
 */
export const isVerified = (
  connected: readonly Connected[],
  accounts: readonly { readonly platform: PlatformKind; readonly tenant: string }[],
): boolean =>
  accounts.every(
    ({ platform, tenant }) =>
      platform === 'slack' ||
      connected.every((c) => c.platform !== platform || c.tenant !== tenant || c.joinedAt === null),
  );
