import { describe, expect, test } from 'vitest';
import { ownersOfSeat } from '../../db/owners.ts';
import { seatByKey } from '../../db/seats.ts';
import { directoryId } from '../../sandbox/teams/index.ts';
import { HOUR } from '../../src/clock.ts';
import { berlin } from '../support/coxswain.ts';
import { ENGINES, type Engine } from '../support/databases.ts';
import { type TeamsCoxswain, channel, chat, startOnTeams } from '../support/teams-coxswain.ts';

const claims = channel('claims-ai');
const TITLE = 'Without accountable owner: the account was deactivated';

/** Ana is admin, Bo accountable for a seat, Cem operates it. */
async function crewed(engine: Engine): Promise<TeamsCoxswain> {
  const c = await startOnTeams(engine);
  await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
  for (const who of ['bo', 'cem']) await c.say(who, chat(who), 'me');
  await c.say(
    'ana',
    claims,
    '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour" accountable=@Bo Okafor',
  );
  await c.say('bo', chat('bo'), 'seat accept');
  await c.say('ana', claims, '@Coxswain seat own claims operations @Cem Aydin');
  await c.say('cem', chat('cem'), 'seat accept');
  return c;
}

const rolesOf = async (c: TeamsCoxswain): Promise<string[]> => {
  const { read } = c.coxswain.app.store;
  const seat = (await seatByKey(read, c.org, 'claims'))!;
  return (await ownersOfSeat(read, c.org, seat.id)).map(({ role }) => role).toSorted();
};

/** How many messages of Coxswain in this place are about it. */
const told = (c: TeamsCoxswain, where: string) => c.shown(where).filter((m) => m.text.includes(TITLE)).length;

describe.each(ENGINES)('an account that Teams does not find any more, %s', (engine) => {
  test('is asked about at night; after the second the roles are vacant, an issue says so, and owners are told once', async () => {
    const c = await crewed(engine);
    expect(await rolesOf(c)).toEqual(['accountable', 'operations']);
    c.teams.connector.workspace.gone.add('U0BO');
    await c.until(berlin('11-10 12:00'));
    // One night may be Teams' own trouble.
    expect(await rolesOf(c)).toEqual(['accountable', 'operations']);
    expect(told(c, claims)).toBe(0);

    await c.until(berlin('11-11 12:00'));
    expect(await rolesOf(c)).toEqual(['operations']);
    expect(told(c, claims)).toBe(1);
    const issue = c.shown(claims).find((m) => m.text.includes(TITLE))!;
    expect(issue.text).toContain('The accountable owner has left. Name somebody else.');
    const everywhere = () => ['ana', 'cem'].map((who) => told(c, chat(who)));
    const after = everywhere();
    expect(Math.max(...after)).toBe(1);
    expect(told(c, chat('bo'))).toBe(0);

    // Nights go on: nobody asks about who is gone, and nobody is told again.
    const { calls } = c.teams.connector;
    const asked = calls.length;
    await c.until(berlin('11-14 12:00'));
    expect(calls.length).toBeGreaterThan(asked);
    expect(calls.slice(asked).some(({ path }) => path.includes(directoryId('U0BO')))).toBe(false);
    expect(everywhere()).toEqual(after);
    const [list] = await c.say('ana', chat('ana'), 'issue list claims');
    expect(list!.text).toContain(TITLE);
    expect(list!.text).not.toContain('CLAIMS-2');
    const [refused] = await c.say('bo', chat('bo'), 'seat list');
    expect(refused!.text).toContain('Your account is not active in this organisation.');
  });

  test('and found again the next night nothing was taken', async () => {
    const c = await crewed(engine);
    const { gone } = c.teams.connector.workspace;
    gone.add('U0BO');
    await c.until(berlin('11-10 12:00'));
    gone.clear();
    await c.until(berlin('11-11 12:00'));
    gone.add('U0BO');
    await c.until(berlin('11-12 12:00'));
    expect(await rolesOf(c)).toEqual(['accountable', 'operations']);
    await c.until(c.clock.now() + 24 * HOUR);
    expect(await rolesOf(c)).toEqual(['operations']);
  });
});
