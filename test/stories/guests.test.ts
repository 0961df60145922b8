import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../commands/index.ts';
import { FORMS } from '../../commands/forms/index.ts';
import { PRESSES } from '../../commands/presses.ts';
import { SHORTCUTS } from '../../src/platforms/shortcuts.ts';
import { STARTERS } from '../../src/platforms/teams/starters.ts';
import type { Envelope, Inbound } from '../../src/platforms/platform.ts';
import { ENGINES } from '../support/databases.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import type { Person as SlackPerson } from '../../sandbox/slack/types.ts';
import { PEOPLE } from '../../sandbox/company.ts';
import { TENANT } from '../../sandbox/teams/index.ts';
import { directoryId } from '../../sandbox/teams/workspace.ts';
import { foundClaims, type } from './crew.ts';

const NOTHING = 'Guests and people from other organisations see and decide nothing here.';
const claims = channel('claims-ai');
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

/** Everything that Teams offers beside and on messages, as somebody whom the roster calls this. */
describe.each(ENGINES)('on Teams, by its own roster, %s', (engine) => {
  test.each([['guest'], ['anonymous'], ['somethingNew'], [undefined]])(
    'who is “%s” opens nothing from messages or beside them, and decides nothing by a form of others',
    async (role) => {
      const c = await startOnTeams(engine, { roles: { U0ELI: role } });
      await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
      await c.say('ana', claims, '@Coxswain seat add claims "Claims triage" "Sorts claims"');
      const [said] = await c.say(
        'ana',
        claims,
        '@Coxswain issue new claims "Claims triage is down" severity=2',
      );
      for (const { id } of STARTERS) {
        const opened = await c.start('eli', claims, id);
        expect(opened.text, id).toContain(NOTHING);
        expect(opened.text, id).not.toMatch(TEXTS);
      }
      for (const { id } of SHORTCUTS) {
        const opened = await c.shortcut('eli', claims, said!.id, id);
        expect(opened.text, id).toContain(NOTHING);
        expect(opened.text, id).not.toMatch(TEXTS);
      }
      // The form that a member has open stands in the same channel: a guest sends it.
      const [form] = await c.say('ana', claims, '@Coxswain seat add');
      const sent = await c.press('eli', form!, 'Add', { name: 'Mail', accountability: 'Sorts the mail' });
      expect(sent.text).toContain(NOTHING);
      const { seats, issues } = c.coxswain.app.store.read.t;
      const read = c.coxswain.app.store.read;
      expect(await read.select().from(seats)).toHaveLength(1);
      expect(await read.select().from(issues)).toHaveLength(1);
    },
  );

  test('who has no account in any directory is told so, and nobody is met', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say('ana', claims, '@Coxswain seat add claims "Claims triage" "Sorts claims"');
    const { client } = c.teams;
    const base = client.messageActivity('U0ELI', claims, '');
    const nobody = { ...base, from: { id: '8:teamsvisitor:1', name: 'Visitor' } };
    const { people } = c.coxswain.app.store.read.t;
    const met = await c.coxswain.app.store.read.select().from(people);
    for (const [name, value] of [
      ['composeExtension/fetchTask', { commandId: 'add_seat' }],
      ['composeExtension/submitAction', { commandId: 'add_seat', data: {} }],
      ['task/fetch', { data: {} }],
    ] as const) {
      const { body } = await client.deliver({
        ...nobody,
        id: crypto.randomUUID(),
        type: 'invoke',
        name,
        value,
      });
      expect(JSON.stringify(body), name).toContain('Teams did not say who you are');
    }
    expect(await c.coxswain.app.store.read.select().from(people)).toEqual(met);
  });
});

describe.each(ENGINES)('on Slack, by what it says of the account, %s', (engine) => {
  test.each<[string, Partial<SlackPerson>]>([
    ['a guest of several channels', { account: { is_restricted: true } }],
    ['a guest of one channel', { account: { is_restricted: true, is_ultra_restricted: true } }],
    ['a stranger of a shared channel', { account: { is_stranger: true } }],
    ['a member of another workspace by Slack Connect', { account: { team_id: 'T0OTHER' } }],
    ['an app', { account: { is_bot: true } }],
  ])('%s opens nothing from the menu of a message', async (_, more) => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const { people } = c.slack.state;
    const ref = 'U0ZOE';
    const zoe = {
      id: ref,
      handle: 'zoe',
      name: 'Zoe Quist',
      email: 'zoe@other.example',
      zone: 'Europe/Berlin',
    };
    people.set(ref, { ...zoe, ...more });
    c.slack.state.channels.get('C0CLAIMS')!.members.add(ref);
    await c.slack.as('ana').in('#claims-ai').say('The bot cites a repealed rule');
    const message = c.slack.as('zoe').in('#claims-ai').last();
    for (const { id } of SHORTCUTS) {
      const seen = await message.shortcut(id);
      expect(c.slack.as('zoe').hasModal, id).toBe(false);
      expect(seen.text, id).toContain(NOTHING);
      expect(seen.text, id).not.toMatch(TEXTS);
    }
    expect((await c.slack.as('zoe').in('#claims-ai').slash('seat list')).text).toContain(NOTHING);
    const { issues } = c.app.store.read.t;
    expect(await c.app.store.read.select().from(issues)).toEqual([]);
  });
});
