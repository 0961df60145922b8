import { and, eq, isNotNull } from 'drizzle-orm';
import type { PlatformKind } from '../src/domain/person.ts';
import type { Db } from './store.ts';

/** A value that is kept sealed, and whose it is. */
export type Sealed =
  | { readonly kind: 'signing secret'; readonly token: string; readonly sealed: string }
  | {
      readonly kind: 'platform token';
      readonly platform: PlatformKind;
      readonly tenant: string;
      readonly sealed: string;
    };

/** Everything of an organisation that is kept sealed. */
export async function sealedValues(db: Db, org: string): Promise<Sealed[]> {
  const { tokens, installations } = db.t;
  const [secrets, credentials] = await Promise.all([
    db
      .select({ token: tokens.id, sealed: tokens.signingSecret })
      .from(tokens)
      .where(and(eq(tokens.org, org), isNotNull(tokens.signingSecret))),
    db
      .select({
        platform: installations.platform,
        tenant: installations.tenant,
        sealed: installations.credentials,
      })
      .from(installations)
      .where(and(eq(installations.org, org), isNotNull(installations.credentials))),
  ]);
  return [
    ...secrets.map(({ token, sealed }) => ({ kind: 'signing secret' as const, token, sealed: sealed! })),
    ...credentials.map(({ sealed, ...of }) => ({ kind: 'platform token' as const, ...of, sealed: sealed! })),
  ];
}

/** Puts the same secret, sealed anew, in the place of `was`; false when it changed meanwhile. */
export async function reseal(tx: Db, org: string, was: Sealed, sealed: string): Promise<boolean> {
  const { tokens, installations } = tx.t;
  switch (was.kind) {
    case 'signing secret': {
      const rows = await tx
        .update(tokens)
        .set({ signingSecret: sealed })
        .where(and(eq(tokens.org, org), eq(tokens.id, was.token), eq(tokens.signingSecret, was.sealed)))
        .returning({ id: tokens.id });
      return rows.length > 0;
    }
    case 'platform token': {
      const rows = await tx
        .update(installations)
        .set({ credentials: sealed })
        .where(
          and(
            eq(installations.org, org),
            eq(installations.platform, was.platform),
            eq(installations.tenant, was.tenant),
            eq(installations.credentials, was.sealed),
          ),
        )
        .returning({ tenant: installations.tenant });
      return rows.length > 0;
    }
    default:
      return was satisfies never;
  }
}
