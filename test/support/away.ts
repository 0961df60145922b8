import { and, eq } from 'drizzle-orm';
import type { Instant } from '../../src/clock.ts';
import type { App } from '../../src/context.ts';

/** Somebody is away until then, and another answers for them. */
export async function sendAway(
  app: App,
  org: string,
  name: string,
  until: Instant,
  delegate: string,
): Promise<void> {
  await app.store.write(async (tx) => {
    const { people } = tx.t;
    const named = async (called: string) => {
      const [row] = await tx
        .select({ id: people.id })
        .from(people)
        .where(and(eq(people.org, org), eq(people.name, called)));
      if (row === undefined) throw new Error(`nobody is called ${called}`);
      return row.id;
    };
    await tx
      .update(people)
      .set({ awayUntil: until, delegate: await named(delegate) })
      .where(and(eq(people.org, org), eq(people.id, await named(name))))
      .returning({ id: people.id });
  });
}
