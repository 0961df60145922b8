import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../commands/index.ts';
import { FORMS } from '../../commands/forms/index.ts';
import { PRESSES } from '../../commands/presses.ts';
import { STARTERS } from '../../src/platforms/teams/starters.ts';
import type { Envelope, Inbound } from '../../src/platforms/platform.ts';
import { ENGINES } from '../support/databases.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { PEOPLE } from '../../sandbox/company.ts';
import { TENANT } from '../../sandbox/teams/index.ts';
import { directoryId } from '../../sandbox/teams/workspace.ts';
import { foundClaims, type } from './crew.ts';

const NOTHING = 'Guests and people from other organisations see and decide nothing here.';
const TEXTS = /Claims triage|Acceptance|Okafor|Lindqvist/;

/** Everything that the adapters can call, with every command, button and form that there is. */
async function everything(inbound: Inbound, from: Envelope): Promise<[string, string][]> {
  const all: [string, string][] = [];
  const heard = (what: string, answer: unknown) => all.push([what, JSON.stringify(answer)]);
  for (const { name, verbs } of COMMANDS)
    for (const verb of verbs) {
      if ('answer' in verb) continue;
      const line = `${name} ${verb.name}${verb.positional.length === 0 ? '' : ' claims'}`;
      heard(line, await inbound.command(from, line));
    }
  for (const { name } of PRESSES) heard(name, await inbound.press(from, name, { issue: 'CLAIMS-1' }));
  for (const { name } of FORMS) {
    heard(`open ${name}`, await inbound.open(from, name, { seat: 'claims' }));
    heard(`submit ${name}`, await inbound.submit(from, name, { seat: 'claims' }, { seat: 'claims' }));
    await inbound.keep(from, name, { seat: 'claims' }, {});
  }
  heard('home', await inbound.home(from));
  return all;
}

const refusedOf = (all: readonly [string, string][]) =>
  all.filter(([, answer]) => !answer.includes(NOTHING) || TEXTS.test(answer)).map(([what]) => what);

describe.each(ENGINES)('a guest is answered nothing, %s', (engine) => {
  test('on Slack, whatever they type, press, open or send', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'eli', 'me');
    const { inbound } = c.running.coxswain.deps;
    const tenant = c.slack.state.setup.team.id;
    const ref = [...c.slack.state.people.values()].find((p) => p.handle === 'eli')!.id;
    const user = { ref };
    await inbound.learn('slack', tenant, { kind: 'person_changed', user, guest: true, active: true });
    const place = { kind: 'direct', ref: 'D1' } as const;
    const all = await everything(inbound, { platform: 'slack', tenant, user, place, requestKey: 'r' });
    expect(all.length).toBeGreaterThan(100);
    expect(refusedOf(all)).toEqual([]);
    await c.settle();
  });

  test('on Teams too, and from the menu of a message and the search', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say('ana', channel('claims-ai'), '@Coxswain seat add claims "Claims triage" "Sorts claims"');
    await c.say('eli', chat('eli'), 'me');
    const { inbound } = c.coxswain.deps;
    const user = { ref: directoryId(PEOPLE.find((p) => p.handle === 'eli')!.id) };
    await inbound.learn('teams', TENANT, { kind: 'person_changed', user, guest: true, active: true });
    const place = { kind: 'direct', ref: chat('eli') } as const;
    const all = await everything(inbound, {
      platform: 'teams',
      tenant: TENANT,
      user,
      place,
      requestKey: 'r',
    });
    expect(refusedOf(all)).toEqual([]);
    for (const { id } of STARTERS) {
      const opened = await c.start('eli', channel('claims-ai'), id);
      expect(opened.text, id).toContain(NOTHING);
      expect(opened.text, id).not.toMatch(TEXTS);
    }
    const [said] = await c.say('eli', chat('eli'), 'seat list');
    expect(said!.text).toContain(NOTHING);
  });
});
