import { describe, expect, test } from 'vitest';
import { channelsOfTenant } from '../../db/orgs.ts';
import { TENANT } from '../../sandbox/teams/index.ts';
import type { JsonObject } from '../../src/ui/card.ts';
import { berlin } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { type TeamsCoxswain, channel, chat, meeting, startOnTeams } from '../support/teams-coxswain.ts';

const claims = channel('claims-ai');
const governance = channel('ai-governance');

async function tell(c: TeamsCoxswain, who: string, where: string, what: JsonObject): Promise<void> {
  const { text: _, ...base } = c.teams.client.messageActivity(who, where, '');
  await c.teams.client.deliver({ ...base, id: crypto.randomUUID(), ...what });
  await c.settle();
}

/** Where Coxswain believes that it can post, by the refs of the conversations. */
async function active(c: TeamsCoxswain): Promise<string[]> {
  const rows = await channelsOfTenant(c.coxswain.app.store.read, c.org, 'teams', TENANT);
  return rows.filter((row) => row.active).map((row) => row.ref);
}

const ana = 'U0ANA';
const bot = { id: '28:coxswain', name: 'Coxswain' };

describe.each(ENGINES)('taken out of Teams, %s', (engine) => {
  test.each<[string, JsonObject, JsonObject]>([
    [
      'a team',
      { type: 'installationUpdate', action: 'remove' },
      { type: 'installationUpdate', action: 'add' },
    ],
    [
      'the members of a team',
      { type: 'conversationUpdate', membersRemoved: [bot] },
      { type: 'conversationUpdate', membersAdded: [bot] },
    ],
  ])('from %s, nothing is posted in any of its channels until it is back', async (_, remove, add) => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say(
      'ana',
      governance,
      '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour"',
    );
    await c.say('ana', governance, '@Coxswain digest here mon 11:00 Europe/Berlin');
    await tell(c, ana, claims, remove);
    expect(await active(c)).toEqual(expect.arrayContaining([meeting, chat('ana')]));
    expect(await active(c)).not.toContain(claims);
    expect(await active(c)).not.toContain(governance);
    const before = c.shown(governance).length;
    await c.until(berlin('11-09 11:01'));
    expect(c.shown(governance)).toHaveLength(before);

    await tell(c, ana, claims, add);
    expect(await active(c)).toEqual(expect.arrayContaining([claims, governance]));
    // What had to wait comes now.
    expect(c.shown(governance).at(-1)?.text).toContain('Weekly scorecard');
  });

  test('from one chat, it is there again as soon as somebody speaks to it', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', meeting, '@Coxswain help');
    await tell(c, ana, meeting, { type: 'conversationUpdate', membersRemoved: [bot] });
    expect(await active(c)).not.toContain(meeting);
    expect(await active(c)).toContain(claims);
    await c.say('ana', meeting, '@Coxswain help');
    expect(await active(c)).toContain(meeting);
  });
});
