import { z } from 'zod';
import { channelsOfTenant, installationOf } from '../../db/orgs.ts';
import { disconnectTenant, learnChannel } from '../actions/org/index.ts';
import { perform } from '../actions/perform.ts';
import type { App, Ctx } from '../context.ts';
import type { PlatformKind } from '../domain/person.ts';
import type { Envelope, PlatformFact } from '../platforms/platform.ts';
import type { JsonObject } from '../ui/card.ts';
import type { Identifier } from './identify.ts';
import { refresh } from './refresh.ts';

type Where = Pick<Envelope, 'platform' | 'tenant'>;

/** The organisation to which a tenant belongs, if it is connected. */
export async function tenantOf(
  app: App,
  platform: PlatformKind,
  tenant: string,
): Promise<{ org: string | undefined; from: Where }> {
  const installation = await installationOf(app.store.read, platform, tenant);
  return { org: installation?.org, from: { platform, tenant } };
}

const inTeam = z.looseObject({ reference: z.looseObject({ team: z.string() }) });

/** Coxswain was removed from a team, or came back: that holds for each of its channels. */
async function setTeam(ctx: Ctx, { platform, tenant }: Where, team: string, active: boolean): Promise<void> {
  for (const channel of await channelsOfTenant(ctx.store.read, ctx.org, platform, tenant)) {
    const { ref, name, kind, conversation } = channel;
    if (channel.active === active || inTeam.safeParse(conversation).data?.reference.team !== team) continue;
    await perform(ctx, learnChannel, { platform, tenant, ref, name, kind, conversation, active });
  }
}

/** Keeps what a platform tells about conversations and accounts. Returns Coxswain's id of the conversation. */
export async function learn(
  app: App,
  identifier: Identifier,
  org: string,
  { platform, tenant }: Where,
  fact: PlatformFact,
): Promise<string | undefined> {
  const ctx = { ...app, org, actor: { kind: 'system', cause: 0 } as const };
  switch (fact.kind) {
    case 'conversation': {
      const { place, reference, user } = fact;
      const person =
        place.kind === 'direct' && user !== undefined
          ? await identifier.personOf(org, platform, tenant, user)
          : undefined;
      const { channel } = await perform(ctx, learnChannel, {
        platform,
        tenant,
        ref: place.ref,
        name: place.name ?? '',
        kind: place.kind,
        conversation: { ...reference } as unknown as JsonObject,
        active: true,
        ...(person === undefined ? {} : { person: person.id }),
      });
      return channel;
    }
    case 'removed': {
      const { channel } = await perform(ctx, learnChannel, {
        platform,
        tenant,
        ref: fact.ref,
        name: '',
        kind: 'channel',
        conversation: {},
        active: false,
      });
      if (fact.team !== undefined) await setTeam(ctx, { platform, tenant }, fact.team, false);
      return channel;
    }
    case 'returned':
      await setTeam(ctx, { platform, tenant }, fact.team, true);
      return undefined;
    case 'disconnected': {
      const { why, until } = fact;
      await perform(ctx, disconnectTenant, { platform, tenant, why, until: until ?? null });
      return undefined;
    }
    case 'person_changed': {
      const { ref } = fact.user;
      const { guest, active } = fact;
      await refresh(app, { platform, tenant, ref }, { guest, active }, org);
      return undefined;
    }
    default:
      return fact satisfies never;
  }
}
