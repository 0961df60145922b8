import { z } from 'zod';
import { digestCard, digestDetailsCard } from '../cards/digest.ts';
import { executiveCard } from '../cards/executive.ts';
import { nudgeCard } from '../cards/nudge.ts';
import type { App } from '../context.ts';
import { loadDigest } from '../queries/digest.ts';
import { loadExecutive } from '../queries/executive.ts';
import { type NudgeView, loadNudge } from '../queries/nudge.ts';
import { defineView } from './view.ts';

/** The weekly post of a channel. */
export const digestView = defineView({
  args: z.object({ channel: z.string(), at: z.number(), late: z.boolean() }),
  draw: async (app, org, { channel, at, late }) =>
    digestCard(await loadDigest(app.store.read, org, channel, at), late),
});

/** What the weekly post could not hold, in its thread. */
export const digestDetailsView = defineView({
  args: z.object({ channel: z.string(), at: z.number() }),
  draw: async (app, org, { channel, at }) =>
    digestDetailsCard(await loadDigest(app.store.read, org, channel, at)),
});

/** The weekly digest of the whole organisation. */
export const executiveView = defineView({
  args: z.object({ at: z.number(), late: z.boolean() }),
  draw: async (app, org, { at, late }) => executiveCard(await loadExecutive(app.store.read, org, at), late),
});

const nudgeArgs = z.object({ person: z.string(), channels: z.array(z.string()), at: z.number() });

const load = (app: App, org: string, args: z.output<typeof nudgeArgs>): Promise<NudgeView> =>
  loadNudge(app.store.read, org, args.person, args.channels, args.at, app.clock.now());

/** The reminder before a digest. It is never sent once the digest is due, nor to whom nothing is missing by then. */
export const nudgeView = defineView({
  args: nudgeArgs,
  async stillAsks(app, org, args) {
    if (app.clock.now() >= args.at) return false;
    const { wanted, numbers, priorities } = await load(app, org, args);
    return wanted && numbers.length + priorities.length > 0;
  },
  draw: async (app, org, args) =>
    app.clock.now() >= args.at ? undefined : nudgeCard(await load(app, org, args)),
});
