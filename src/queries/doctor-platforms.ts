import { channelsInUse } from '../../db/doctor.ts';
import { type Channel, type Installation, installationsOf } from '../../db/orgs.ts';
import { SECOND, type Instant } from '../clock.ts';
import type { App } from '../context.ts';
import { quietReason } from '../log.ts';
import type { AskedChannel, PlatformReport } from '../domain/platform-report.ts';
import type { Check, Vitals } from './doctor.ts';

/** A platform that takes longer is not waited for: whoever called the doctor wants the rest. */
const PATIENCE = 5 * SECOND;
/** Channels that are looked up at once; more would take too many calls. */
const MOST_CHANNELS = 20;

type Answer = PlatformReport | string;

interface Asked {
  readonly installation: Installation;
  /** Undefined where the platform was not asked. */
  readonly answer: Answer | undefined;
}

/** What the platforms themselves say of the tokens, of the channels in use, and of the time. */
export async function platformChecks(
  app: App,
  org: string,
  vitals: Pick<Vitals, 'platforms' | 'examine' | 'unasked'>,
): Promise<{ checks: Check[]; clocks: { whose: string; at: Instant }[] }> {
  const installations = (await installationsOf(app.store.read, org)).filter((i) => i.active);
  const channels = await channelsInUse(app.store.read, org, 200);
  const asked = await Promise.all(
    installations.map(async (installation): Promise<Asked> => {
      const own = channels.filter(
        (c) => c.platform === installation.platform && c.tenant === installation.tenant,
      );
      return { installation, answer: await ask(app, vitals, installation, own) };
    }),
  );
  const clocks = asked.flatMap(({ installation, answer }) =>
    typeof answer === 'object' && answer.serverTime !== undefined
      ? [{ whose: installation.platform, at: answer.serverTime }]
      : [],
  );
  return {
    checks: [
      platformsCheck(vitals, installations),
      ...asked.flatMap((one) => tokenCheck(one, vitals)),
      channelsCheck(channels, asked),
    ],
    clocks,
  };
}

async function ask(
  app: App,
  { examine }: Pick<Vitals, 'examine'>,
  { platform, tenant }: Installation,
  channels: readonly Channel[],
): Promise<Answer | undefined> {
  const some = channels.filter((c) => c.active).slice(0, MOST_CHANNELS);
  const answer = examine?.(platform, tenant, some.map(askedChannel));
  if (answer === undefined) return undefined;
  const late = app.wall.sleep(PATIENCE).then(() => `gives no answer within ${PATIENCE / SECOND} s`);
  return Promise.race([answer.catch((error: unknown) => quietReason(error)), late]);
}

/** Teams answers for a channel where it last spoke from. */
function askedChannel({ ref, conversation }: Channel): AskedChannel {
  const { serviceUrl } = conversation;
  return { ref, ...(typeof serviceUrl === 'string' ? { serviceUrl } : {}) };
}

function platformsCheck(
  { platforms }: Pick<Vitals, 'platforms'>,
  installations: readonly Installation[],
): Check {
  return {
    name: 'platforms',
    state: platforms.length === 0 ? 'warning' : 'ok',
    says:
      platforms.length === 0
        ? 'none connected'
        : `${platforms.join(', ')} (${installations.length} installed)`,
  };
}

function tokenCheck({ installation, answer }: Asked, { unasked }: Pick<Vitals, 'unasked'>): Check[] {
  const name = `${installation.platform} token`;
  const where = `${installation.name}: `;
  if (answer === undefined) {
    const why = unasked?.(installation.platform, installation.tenant);
    return why === undefined ? [] : [{ name, state: 'warning', ...why, says: `${where}${why.says}` }];
  }
  if (typeof answer === 'string')
    return [
      {
        name,
        state: 'fault',
        says: `${where}${answer}.`,
        do: 'Check the token or the app’s secret, and the network; docs/install-slack.md and docs/install-teams.md say where they come from.',
      },
    ];
  const { account, missing } = answer;
  if (missing.length > 0)
    return [
      {
        name,
        state: 'fault',
        says: `${where}the scopes ${missing.join(', ')} are missing.`,
        do: 'Put manifest.yml into the app’s settings and install it to the workspace again.',
      },
    ];
  return [{ name, state: 'ok', says: `${where}valid, as ${account}` }];
}

function channelsCheck(channels: readonly Channel[], asked: readonly Asked[]): Check {
  const name = 'channels';
  const absent = new Set(asked.flatMap(({ answer }) => (typeof answer === 'object' ? answer.absent : [])));
  const lost = channels.filter((c) => !c.active || absent.has(c.ref));
  if (lost.length > 0)
    return {
      name,
      state: 'fault',
      says: `Coxswain is not in ${lost
        .slice(0, 5)
        .map((c) => `#${c.name}`)
        .join(', ')}${lost.length > 5 ? ' and more' : ''}, where something is posted.`,
      do: 'Invite it there again, or choose another channel.',
    };
  const present = new Set(asked.flatMap(({ answer }) => (typeof answer === 'object' ? answer.present : [])));
  const known = channels.filter((c) => present.has(c.ref)).length;
  return { name, state: 'ok', says: howMany(channels.length, known) };
}

/** Says only of those something of which a platform said it. */
function howMany(used: number, known: number): string {
  if (used === 0) return 'none in use';
  const inUse = `${used} in use`;
  if (known === used) return `${inUse}, and Coxswain is in ${used === 1 ? 'it' : 'all of them'}`;
  if (known === 0)
    return `${inUse}; no platform was asked whether Coxswain is in ${used === 1 ? 'it' : 'them'}`;
  return `${inUse}; Coxswain is in the ${known} that were asked about`;
}
