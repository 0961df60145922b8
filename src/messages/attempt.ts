import { type Message, endDelivery, markShown, placeMessage, startDelivery } from '../../db/messages.ts';
import type { App } from '../context.ts';
import { newId } from '../ids.ts';
import { SendError, type ShownRef } from '../platforms/platform.ts';
import { clip } from '../text.ts';
import type { Card } from '../ui/card.ts';
import type { Route } from './destination.ts';

export interface Attempt {
  readonly message: Message;
  readonly route: Route;
  readonly card: Card;
  readonly kind: 'post' | 'update';
  readonly thread?: ShownRef | undefined;
  /** An earlier attempt may have been accepted. */
  readonly repeated?: boolean;
}

/**
 * Sends once. The delivery is recorded before and after, so that an attempt that was lost with its process is known as
 * one whose outcome is open. Returns the fault, if there was one.
 */
export function attempt(app: App, a: Attempt): Promise<SendError | undefined> {
  const what = { kind: 'delivery', platform: a.route.platform, how: a.kind } as const;
  return app.telemetry.measure(
    what,
    () => recorded(app, a),
    (fault) => fault?.fault ?? 'ok',
  );
}

async function recorded(app: App, a: Attempt): Promise<SendError | undefined> {
  const { org, id, wanted } = a.message;
  const delivery = newId();
  await app.store.write(async (tx) => {
    await startDelivery(tx, {
      org,
      id: delivery,
      message: id,
      revision: wanted,
      kind: a.kind,
      startedAt: app.wall.now(),
    });
    if (a.kind === 'post' && a.message.toKind === 'person')
      await placeMessage(tx, org, id, a.route.platform, a.route.tenant);
  });
  try {
    const ref = await send(a, delivery);
    await app.store.write(async (tx) => {
      await endDelivery(tx, org, delivery, { endedAt: app.wall.now(), outcome: 'shown' });
      await markShown(tx, org, id, wanted, ref, app.wall.now(), a.repeated);
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    const end = { endedAt: app.wall.now(), outcome: error.fault, detail: clip(error.message, 300) };
    await app.store.write((tx) => endDelivery(tx, org, delivery, end));
    return error;
  }
}

async function send({ message, route, card, kind, thread }: Attempt, deliveryId: string): Promise<ShownRef> {
  const names = await route.names(card);
  if (kind === 'update') {
    await route.outbound.update(route.tenant, message.ref!, route.to, card, names);
    return message.ref!;
  }
  const options = { deliveryId, ...(thread === undefined ? {} : { thread }) };
  return route.outbound.post(route.tenant, route.to, card, names, options);
}
