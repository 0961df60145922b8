import { describe, expect, test } from 'vitest';
import type { Fault } from '../../sandbox/teams/rest.ts';
import { HOUR, MINUTE } from '../../src/clock.ts';
import { ENGINES } from '../support/databases.ts';
import { berlin } from '../support/coxswain.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { movingWall } from '../support/wall.ts';

const claims = channel('claims-ai');
const posts = { method: 'POST', path: '/activities' };

async function ready(engine: (typeof ENGINES)[number]) {
  const wall = movingWall();
  const c = await startOnTeams(engine, { wall });
  await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
  await c.say(
    'ana',
    claims,
    '@Coxswain seat add claims "Claims triage" "Sorts claims" accountable="@Bo Okafor"',
  );
  await c.press('bo', c.shown(chat('bo')).at(-1)!, 'Accept');
  await c.say('ana', claims, '@Coxswain seat own claims platform @Cem Aydin');
  await c.press('cem', c.shown(chat('cem')).at(-1)!, 'Accept');
  await c.say('bo', chat('bo'), 'metric add claims acceptance quality % higher 90 5');
  await c.until(berlin('11-13 10:00'));
  const fail = (where: string, ...faults: Fault[]) =>
    c.teams.connector.fail(
      faults,
      (call) => call.method === posts.method && call.path.includes(where) && call.path.endsWith(posts.path),
    );
  const about = (where: string) => c.shown(where).filter((m) => m.text.startsWith('CLAIMS-1 ·'));
  return { c, wall, fail, about };
}

describe.each(ENGINES)('Teams has trouble, %s', (engine) => {
  test.each([
    ['412', { kind: 'status', status: 412 }],
    ['429', { kind: 'status', status: 429, retryAfter: '20' }],
    ['502', { kind: 'status', status: 502 }],
    ['503', { kind: 'status', status: 503 }],
  ] as const)('%s: sent later, once, and without a warning', async (_name, fault) => {
    const { c, wall, fail, about } = await ready(engine);
    fail(chat('bo'), fault);
    await c.say('ana', chat('ana'), 'log claims acceptance 70');
    expect(about(chat('bo'))).toHaveLength(0);
    // Others are told at once.
    expect(about(claims)).toHaveLength(1);
    wall.pass(MINUTE);
    await c.settle();
    expect(about(chat('bo'))).toHaveLength(1);
    expect(about(chat('bo'))[0]!.text).not.toContain('May repeat');
  });

  test('504 after the message was taken: it comes again, and says that it may repeat', async () => {
    const { c, wall, fail, about } = await ready(engine);
    fail(chat('bo'), { kind: 'status', status: 504, taken: true });
    await c.say('ana', chat('ana'), 'log claims acceptance 70');
    wall.pass(MINUTE);
    await c.settle();
    const [first, second, ...more] = about(chat('bo'));
    expect(first!.text).not.toContain('May repeat');
    expect(second!.text).toContain('May repeat');
    expect(more).toEqual([]);
  });

  test('removed from the team: parked with the reason, and the doctor says so; back in the team it goes on', async () => {
    const { c, wall, fail } = await ready(engine);
    await c.say('ana', claims, '@Coxswain digest here mon 09:00');
    const digests = () => c.shown(claims).filter((m) => m.text.startsWith('Weekly scorecard')).length;
    fail(claims, { kind: 'status', status: 403, code: 'BotNotInConversationRoster' });
    await c.until(berlin('11-16 09:00'));
    wall.pass(HOUR);
    await c.settle();
    expect(digests()).toBe(0);
    const [doctor] = await c.say('ana', chat('ana'), 'doctor');
    expect(doctor!.text).toMatch(/1 parked or held.*403/);
    await c.until(berlin('11-23 09:00'));
    expect(digests()).toBe(1);
  });

  test('who does not have Coxswain installed is passed over at once', async () => {
    const { c, fail, about } = await ready(engine);
    fail(chat('bo'), { kind: 'status', status: 403, code: 'BotNotInConversationRoster' });
    await c.say('ana', chat('ana'), 'log claims acceptance 70');
    await c.settle();
    expect(about(chat('cem'))).toHaveLength(1);
    expect(
      c
        .shown(claims)
        .map((m) => m.text)
        .join('\n'),
    ).toContain('Could not be reached: Bo Okafor.');
  });

  test('a redelivered activity has one effect', async () => {
    const { c } = await ready(engine);
    const activity = c.teams.client.messageActivity(
      'U0ANA',
      chat('ana'),
      'issue new claims "Cites a repealed rule"',
    );
    await Promise.all([c.teams.client.deliver(activity), c.teams.client.deliver(activity)]);
    await c.teams.client.deliver(activity);
    await c.settle();
    const [list] = await c.say('ana', chat('ana'), 'issue list');
    expect(list!.text).toContain('CLAIMS-1');
    expect(list!.text).not.toContain('CLAIMS-2');
  });
});
