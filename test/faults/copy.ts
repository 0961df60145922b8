import { assemble } from '../../src/coxswain.ts';
import { frozenClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { createSlack } from '../../src/platforms/slack/index.ts';
import { movingWall } from '../support/wall.ts';

/** What a copy of Coxswain is started with. */
export interface CopyOptions {
  readonly databaseUrl: string;
  readonly masterKey: string;
  readonly org: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly apiUrl: string;
  /** Business time; it stands still. */
  readonly at: number;
  /** How far its transport time is ahead, in ms. */
  readonly ahead: number;
}

/** A copy of Coxswain in a process of its own, which works on what it finds until it is killed. */
if (process.argv[2] !== undefined) {
  const options = JSON.parse(process.argv[2]) as CopyOptions;
  const coxswain = await assemble({
    databaseUrl: options.databaseUrl,
    masterKey: Buffer.from(options.masterKey, 'base64'),
    log: silentLog,
    clock: frozenClock(options.at),
    wall: movingWall(options.ahead),
    publicUrl: () => undefined,
    admins: [],
    spacingMs: 0,
  });
  const { botToken, signingSecret, apiUrl } = options;
  const slack = createSlack({ botToken, signingSecret, apiUrl }, coxswain.deps);
  coxswain.add(slack);
  await coxswain.connect(options.org, slack);
  await coxswain.engine.start();
  coxswain.engine.kick();
  process.send?.('working');
}
