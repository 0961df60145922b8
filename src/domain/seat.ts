import { invalid } from '../errors.ts';

/** Stages in which a seat can be added. */
export const NEW_STAGES = ['proposed', 'pilot', 'build', 'rollout', 'production'] as const;
/** Those in which anybody can add one; a seat that stands further up is added by a governor. */
export const FIRST_STAGES = ['proposed', 'pilot'] as const satisfies readonly (typeof NEW_STAGES)[number][];
export const STAGES = [...NEW_STAGES, 'retired'] as const;
export type Stage = (typeof STAGES)[number];

export const RISK_TIERS = ['low', 'medium', 'high'] as const;
export type RiskTier = (typeof RISK_TIERS)[number];

/** Whether what holds from a tier upwards holds for a seat of this one. */
export const reachesTier = (risk: RiskTier, from: RiskTier): boolean =>
  RISK_TIERS.indexOf(risk) >= RISK_TIERS.indexOf(from);

export const HOLDER_KINDS = ['ai', 'human'] as const;
export type HolderKind = (typeof HOLDER_KINDS)[number];

export const OWNER_ROLES = [
  'accountable',
  'business',
  'product',
  'platform',
  'governance',
  'operations',
  'approver',
  'stop-ship',
  'tie-breaker',
  'champion',
] as const;
export type OwnerRole = (typeof OWNER_ROLES)[number];

/** What each owner answers for, as shown when somebody is asked to accept. */
export const OWNER_DUTIES: Record<OwnerRole, string> = {
  accountable: 'answers for this seat as a whole',
  business: 'answers for the outcome',
  product: "answers for the workflow's value case and for what good enough means",
  platform: 'answers for implementation, reliability and rollback',
  governance: 'answers for controls and evidence',
  operations: 'answers for the live queue and its service levels',
  approver: 'approves material changes',
  'stop-ship': 'may halt or roll back at once',
  'tie-breaker': 'settles speed against control',
  champion: 'helps people to adopt it',
};

/** Without these four, accepted, no seat leaves pilot. */
export const FOUR_OWNERS: readonly OwnerRole[] = ['business', 'product', 'platform', 'governance'];

export const MAX_LEVEL = 8;

const KEY = /^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$/;

/** The key of a seat, a metric or a vendor as typed in commands. Lower case letters, digits and inner hyphens, 1 to 30 characters. */
export function parseKey(text: string, what: 'seat' | 'metric' | 'token' | 'vendor'): string {
  const key = text.trim().toLowerCase();
  if (KEY.test(key)) return key;
  const suggestion = slug(text);
  const said = `“${text.slice(0, 60).toWellFormed()}” cannot be the key of a ${what}: use 1 to 30 letters a–z, digits and hyphens.`;
  throw invalid(said, { fields: { key: said }, ...(suggestion === '' ? {} : { hint: suggestion }) });
}

/** The nearest valid key for a name, or an empty string when nothing of it can be used. */
export const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 30)
    .replace(/^-+|-+$/g, '');

export interface OwnerState {
  readonly role: OwnerRole;
  readonly person: string;
  readonly acceptedAt: number | null;
}

/** A role is vacant until its owner has accepted. */
export const acceptedOwner = (owners: readonly OwnerState[], role: OwnerRole): string | undefined =>
  owners.find((owner) => owner.role === role && owner.acceptedAt !== null)?.person;

export const vacantOfFour = (owners: readonly OwnerState[]): readonly OwnerRole[] =>
  FOUR_OWNERS.filter((role) => acceptedOwner(owners, role) === undefined);
