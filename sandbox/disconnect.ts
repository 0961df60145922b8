import { eq } from 'drizzle-orm';
import { allOrgs } from '../db/orgs.ts';
import type { App } from '../src/context.ts';

/**
 * Puts what the sandbox held before to rest, so that a new company can take its place. Its rows stay: audit entries
 * are never removed, not even here.
 */
export async function disconnect(app: App): Promise<void> {
  const orgs = (await allOrgs(app.store.read)).filter((org) => org.sandbox);
  await app.store.write(async (tx) => {
    const { identities, installations, metrics, digests, escalations, messages, followUps } = tx.t;
    for (const { id } of orgs) {
      await tx.delete(identities).where(eq(identities.org, id)).returning({ ref: identities.ref });
      await tx
        .delete(installations)
        .where(eq(installations.org, id))
        .returning({ tenant: installations.tenant });
      await tx
        .update(metrics)
        .set({ active: false })
        .where(eq(metrics.org, id))
        .returning({ id: metrics.id });
      await tx
        .update(digests)
        .set({ active: false })
        .where(eq(digests.org, id))
        .returning({ id: digests.id });
      await tx
        .update(escalations)
        .set({ state: 'ended', nextAt: null })
        .where(eq(escalations.org, id))
        .returning({ id: escalations.id });
      await tx
        .update(messages)
        .set({ state: 'withdrawn', tryAt: null })
        .where(eq(messages.org, id))
        .returning({ id: messages.id });
      await tx
        .update(followUps)
        .set({ state: 'done' })
        .where(eq(followUps.org, id))
        .returning({ id: followUps.id });
    }
  });
}
