import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/clock.ts';
import { ENGINES } from '../support/databases.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { movingWall } from '../support/wall.ts';
import { type Who, foundClaims, press, titles, type } from './crew.ts';

/** The files that somebody was given in person, oldest first. */
const filesOf = (c: TestCoxswain, who: Who) =>
  c.slack
    .dm(who)
    .messages()
    .flatMap((m) => m.raw.files ?? [])
    .map((id) => c.slack.state.files.get(id)!);

const digests = (c: TestCoxswain): number =>
  titles(c, '#claims-ai').filter((title) => title.startsWith('Weekly scorecard')).length;

/** A digest of which nobody knows whether it arrived. */
async function withHeldDigest(engine: (typeof ENGINES)[number]) {
  const wall = movingWall();
  const c = await startCoxswain(engine, { wall });
  await foundClaims(c);
  await c.until(berlin('11-13 10:00'));
  c.slack.faults.next('chat.postMessage', 1, { kind: 'reset_after_accept' });
  await type(c, 'ana', 'digest now');
  wall.pass(MINUTE);
  await c.settle();
  return { c, wall };
}

describe.each(ENGINES)('administration on Slack, %s', (engine) => {
  test('settings: governors change them by line and by form, others only look', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const changed = await type(c, 'ana', 'settings set name="Harbour Mutual" drafts=7');
    expect(changed.text).toContain('Name: Harbour Mutual');
    expect(changed.text).toMatch(/not sent 7 days/);
    const { modal } = await press(c, 'ana', changed.only, 'Change');
    await modal.fill({ 'Time zone': 'Europe/Madrid' }).submit();
    const seen = await type(c, 'bo', 'settings');
    expect(seen.text).toContain('Zone: Europe/Madrid');
    expect(seen.only.buttons).toEqual([]);
    expect(seen.text).not.toContain(c.adminCode);
    expect((await type(c, 'bo', 'settings set name=Mine')).text).toContain('A governor (Ana Lindt) may');
    expect((await type(c, 'ana', 'settings set drafts=0')).text).toContain('At least 1 day:');
    expect((await type(c, 'ana', 'settings')).text).toContain('Name: Harbour Mutual');
  });

  test('heads of the audit log go to the channel that was said', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    expect((await type(c, 'ana', 'settings heads', '#ai-governance')).text).toContain('Where to?');
    await type(c, 'ana', 'settings heads here', '#ai-governance');
    await type(c, 'ana', 'audit export');
    await c.settle();
    expect(c.slack.channel('ai-governance').messages().at(-1)!.text).toContain('cxh1');
  });

  test('a message whose fate is unknown is given up, once, by who may', async () => {
    const { c } = await withHeldDigest(engine);
    expect((await type(c, 'bo', 'doctor messages')).text).toContain('Governors and admins');
    const list = await type(c, 'ana', 'doctor messages');
    expect(list.text).toContain('to #claims-ai: held');
    const [, id] = /^(\S+) digest/m.exec(list.text) ?? [];
    await press(c, 'ana', list.only, 'Give up');
    expect((await type(c, 'ana', 'doctor messages')).text).toContain('No message needs attention');
    expect((await type(c, 'ana', `doctor retry ${id}`)).text).toContain('No message that needs attention');
    expect(digests(c)).toBe(1);
  });

  test('or sent again, which may be twice', async () => {
    const { c, wall } = await withHeldDigest(engine);
    const list = await type(c, 'ana', 'doctor messages');
    expect((await press(c, 'ana', list.only, 'Try again')).text).toContain('It may be there twice then.');
    wall.pass(MINUTE);
    await c.settle();
    expect(digests(c)).toBe(2);
  });

  test('what is stored of somebody is exported, to them and to admins; then erased, and the chain is whole', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'dana', 'issue new claims "The hail of Dana" severity=3');
    await type(c, 'dana', 'me export');
    await c.settle();
    expect(filesOf(c, 'dana')[0]!.bytes.toString()).toContain('The hail of Dana');
    expect((await type(c, 'bo', 'admin export @dana')).text).toContain('dmin');
    expect((await type(c, 'bo', 'admin erase @dana')).text).toContain('dmin');
    await type(c, 'ana', 'admin export @dana');
    await c.settle();
    const { name } = c.slack.state.people.get('U0DANA')!;
    expect(filesOf(c, 'ana')[0]!.bytes.toString()).toContain(name);
    const { read } = c.app.store;
    const handedOut = (await read.select().from(read.t.auditEntries)).filter(
      (entry) => entry.action === 'person.export',
    );
    const [dana, ana] = ['Dana', 'Ana'].map(
      async (called) => (await read.select().from(read.t.people)).find((p) => p.name.startsWith(called))!.id,
    );
    expect(handedOut).toMatchObject([
      { right: 'member', subject: `person:${await dana}`, actor: { kind: 'person', person: await dana } },
      { right: 'admin', subject: `person:${await dana}`, actor: { kind: 'person', person: await ana } },
    ]);

    const asked = await type(c, 'ana', 'admin erase @dana');
    expect(asked.only.button('Erase for good').confirm).toBeDefined();
    await press(c, 'ana', asked.only, 'Erase for good');
    await c.settle();
    expect((await type(c, 'bo', 'issue show CLAIMS-1')).text).not.toMatch(/hail|Dana/);
    expect((await type(c, 'bo', 'seat show claims')).text).not.toContain(name);
    expect((await type(c, 'ana', 'audit verify')).text).toContain('erased');
    const herself = await type(c, 'ana', 'admin erase @ana');
    expect((await press(c, 'ana', herself.only, 'Erase for good')).text).toContain('admin');
    expect((await type(c, 'ana', 'admin list')).text).toContain('ana@');
    const forMembers = (await type(c, 'bo', 'admin list')).text;
    expect(forMembers).toContain('Ana Lindt');
    expect(forMembers).not.toContain('@');
  });
});
