import { describe, expect, test } from 'vitest';
import { fileAddress } from '../../src/http/files.ts';
import { pictureAddress } from '../../src/http/pictures.ts';
import { createLog } from '../../src/log.ts';
import { MINUTE } from '../../src/clock.ts';
import { ENGINES, type Engine, freshUrl } from '../support/databases.ts';
import { TEST_KEY, berlin, startCoxswain } from '../support/coxswain.ts';
import { channel, chat } from '../support/teams-coxswain.ts';
import { movingWall } from '../support/wall.ts';
import { foundClaims, posts, press, type } from '../stories/crew.ts';

const PASSWORD = 'alabastercanary';

/** The address of a new database, with a password in it where there can be one: the tests' server takes any. */
async function guarded(engine: Engine): Promise<string> {
  const url = await freshUrl(engine, { migrated: true });
  return engine === 'sqlite' ? url : Object.assign(new URL(url), { password: PASSWORD }).href;
}

describe.each(ENGINES)('a week at debug level, %s', (engine) => {
  test('the log holds no secret and nothing that people wrote', async () => {
    const lines: string[] = [];
    const log = createLog('trace', { write: (line: string) => void lines.push(line) });
    const wall = movingWall();
    const databaseUrl = await guarded(engine);
    const c = await startCoxswain(engine, { log, wall, databaseUrl });
    await foundClaims(c);
    await c.until(berlin('11-13 10:00'));
    // Words that appear nowhere else.
    const words = [
      'heliotropecanary',
      'quartzitecanary',
      'marzipancanary',
      'obsidiancanary',
      'gossamercanary',
      'tamariskcanary',
    ] as const;
    await type(c, 'eli', `issue new claims "${words[0]}" severity=1 detail="${words[1]}"`);
    await c.slack.as('bo').dm().say(`what is this ${words[2]}`);
    await c.slack.as('bo').in('#claims-ai').mention(`seat show ${words[2]}`);
    const ping = posts(c, 'bo').find((m) => m.text.startsWith('CLAIMS-1'))!;
    await press(c, 'bo', ping, 'Acknowledge');
    const form = (await press(c, 'bo', ping, 'Solve')).modal;
    await form
      .fill({
        'What caused it?': words[3],
        'What was done?': words[4],
        'What was learned, and why?': words[5],
      })
      .submit();
    await c.running.teams.client.say('U0ANA', chat('ana'), `log claims acceptance 70 "${words[2]}"`);
    await c.running.teams.client.say(
      'U0ANA',
      channel('claims-ai'),
      `@Coxswain issue new claims "${words[2]}" link=nonsense`,
    );
    // Faults are where logs talk most.
    for (const fault of [
      { kind: '500' },
      { kind: '429', retryAfter: 1 },
      { kind: 'garbage' },
      { kind: 'reset_after_accept' },
      { kind: 'error', error: 'invalid_auth' },
    ] as const) {
      c.slack.faults.next('chat.postMessage', 1, fault);
      c.slack.faults.next('chat.update', 1, fault);
      c.clock.moveTo(c.clock.now() + 6 * MINUTE);
      await type(c, 'eli', `issue new claims "${words[0]}" severity=2`);
      wall.pass(20_000);
      await c.settle();
    }
    // Whoever knows the address of a file or a picture may read it: here neither can be made.
    const ask = { org: c.org, file: 'all.csv', document: 'seats', args: {} };
    const { url } = c.running;
    const bearers = [
      fileAddress(c.app.keys, url, ask, wall.now()),
      pictureAddress(c.app.keys, url, c.org, { name: 'scorecard', args: { at: {} } }),
    ];
    for (const address of bearers) expect((await fetch(address)).status).toBe(500);
    await fetch(`${c.running.url}/slack/events`, { method: 'POST', body: `payload=${words[0]}` });
    const { botToken, signingSecret } = c.slack.state.setup;
    const secrets = [
      botToken,
      signingSecret,
      TEST_KEY,
      c.adminCode,
      Buffer.from(TEST_KEY, 'base64').toString('hex'),
      PASSWORD,
      ...bearers.map((address) => new URL(address).pathname),
    ];
    const all = lines.join('');
    expect(lines.length).toBeGreaterThan(5);
    for (const secret of secrets) expect(all.includes(secret), 'a secret in the log').toBe(false);
    for (const word of words) expect(lines.find((line) => line.includes(word))).toBeUndefined();
  });
});
