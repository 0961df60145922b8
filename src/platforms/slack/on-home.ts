import type { Envelope } from '../platform.ts';
import type { Connection } from './connection.ts';

/** What waits for this person, on the Home tab. */
export async function publishHome(c: Connection, from: Envelope): Promise<void> {
  const home = await c.inbound.home(from);
  const { blocks } = await c.show.card(from.tenant, home, 'home');
  const { client } = await c.access(from.tenant);
  await client.views.publish({ user_id: from.user.ref, view: { type: 'home', blocks } });
}
