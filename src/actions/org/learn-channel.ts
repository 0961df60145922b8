import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { reviveMessages } from '../../../db/messages.ts';
import { channelByRef } from '../../../db/orgs.ts';
import { PLATFORMS } from '../../domain/person.ts';
import { newId } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { REVIVED } from './revived.ts';

const input = z.object({
  platform: z.enum(PLATFORMS),
  tenant: z.string(),
  ref: z.string(),
  name: z.string().max(200),
  kind: z.enum(['channel', 'group', 'direct']),
  /** Person id, for a direct conversation. */
  person: z.string().optional(),
  /** What the platform needs to post there; see `Conversation` in platforms/platform.ts. */
  conversation: z.record(z.string(), z.json()),
  /** False once Coxswain was removed from it. */
  active: z.boolean(),
});

/** Remembers a conversation in which Coxswain can post, or that it was removed from one. */
export const learnChannel = defineAction({
  name: 'org.learn-channel',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { channels } = tx.t;
    const known = await channelByRef(tx, org, input.platform, input.tenant, input.ref);
    const id = known?.id ?? newId();
    const { person, ...row } = input;
    if (known === undefined) await tx.insert(channels).values({ org, id, ...row, person: person ?? null });
    else {
      const { name, conversation, active } = row;
      await tx
        .update(channels)
        .set({ active, ...(name === '' ? {} : { name }), ...(active ? { conversation } : {}) })
        .where(and(eq(channels.org, org), eq(channels.id, id)))
        .returning({ id: channels.id });
    }
    if (known?.active === false && input.active) await reviveMessages(tx, org, id, now - REVIVED);
    return {
      result: { channel: id },
      audit: {
        subject: `channel:${id}`,
        facts: { platform: input.platform, kind: input.kind, active: input.active },
      },
    };
  },
});
