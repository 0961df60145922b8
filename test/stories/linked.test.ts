import { describe, expect, test } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { TENANT } from '../../sandbox/teams/index.ts';
import { changedRubric } from '../support/readiness.ts';
import { printRubric } from '../../src/rubrics/read.ts';
import { type TestCoxswain, startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import type { Envelope, Reply } from '../../src/platforms/platform.ts';
import { proposeRubric } from '../../src/actions/rubric/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { foundClaims, posts, press, type } from './crew.ts';

let asked = 0;

/** A line of an account on Teams, as its adapter hands it on. */
const onTeams = (ref: string): Envelope => ({
  platform: 'teams',
  tenant: TENANT,
  user: { ref },
  place: { kind: 'direct', ref: `chat-${ref}` },
  requestKey: `teams-${(asked += 1)}`,
});

const words = (reply: Reply): string => JSON.stringify(reply);

/** Bo's account on Teams is a stranger's: his administrator gave it another address, so nobody linked it. */
async function strangerOnTeams(c: TestCoxswain): Promise<{ bo: string; stranger: string }> {
  return c.app.store.write(async (tx) => {
    const { people, identities } = tx.t;
    const [bo] = await tx
      .select()
      .from(people)
      .where(and(eq(people.org, c.org), eq(people.name, 'Bo Okafor')));
    const stranger = 'bo-on-teams';
    await tx.insert(people).values({ ...bo!, id: stranger, name: 'B. Okafor', email: null, role: 'member' });
    await tx
      .update(identities)
      .set({ person: stranger })
      .where(and(eq(identities.org, c.org), eq(identities.person, bo!.id), eq(identities.platform, 'teams')))
      .returning({ ref: identities.ref });
    return { bo: bo!.id, stranger };
  });
}

describe.each(ENGINES)('an approval waits for the link, %s', (engine) => {
  test('Bo is refused, links his Teams account, and approves what he wanted to', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'ana', 'seat own claims business @bo');
    await type(c, 'bo', 'seat accept');
    const ana = await c.app.store.read
      .select()
      .from(c.app.store.read.t.people)
      .where(eq(c.app.store.read.t.people.name, 'Ana Lindt'));
    const actor = { kind: 'person', person: ana[0]!.id } as const;
    await perform({ ...c.app, org: c.org, actor }, proposeRubric, {
      yaml: printRubric(changedRubric()),
      reason: 'Asked.',
    });
    const { inbound } = c.running.coxswain.deps;
    await inbound.command(onTeams('U0BO'), 'me');
    await strangerOnTeams(c);

    await c.settle();
    const proposal = posts(c, 'bo').findLast((m) => m.buttons.includes('Approve'))!;
    const refused = await press(c, 'bo', proposal, 'Approve');
    expect(refused.text).toContain('two accounts of one person must not approve twice');
    expect(refused.text).toContain('is kept for a day');
    expect((await type(c, 'bo', 'me')).text).toContain('needs your accounts linked');

    const [code] = /[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec((await type(c, 'bo', 'me link')).text) ?? [];
    expect(words(await inbound.command(onTeams('U0BO'), `me link ${code}`))).toContain('Is this you?');
    const waits = words(await inbound.press(onTeams('U0BO'), 'person.link', { code }));
    expect(waits).toContain('Say yes on the other side');
    await c.settle();
    const question = posts(c, 'bo').findLast((m) => m.text.includes('redeemed your code'))!;
    const linked = await press(c, 'bo', question, 'Yes, that is me');
    expect(linked.text).toContain('You are one person here');
    expect(linked.text).toContain('You wanted to do something');
    expect((await type(c, 'bo', 'me')).text).toContain('You wanted to do something');
    // The same press that was kept.
    const done = await inbound.press(onTeams('U0BO'), 'rubric.approve', {
      key: 'production-readiness',
      version: 2,
    });
    expect(words(done)).toContain('You approved version 2 as business owner');
    expect(words(await inbound.command(onTeams('U0BO'), 'me'))).toContain('claims');
  });
});
