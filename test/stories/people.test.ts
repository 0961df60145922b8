import { describe, expect, test } from 'vitest';
import type { TestCoxswain } from '../support/coxswain.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { foundClaims, type } from './crew.ts';

/** Slack tells that somebody's account is now like this. */
async function changed(c: TestCoxswain, who: string, guest: boolean, active: boolean): Promise<void> {
  const { setup, people } = c.slack.state;
  const user = { ref: [...people.values()].find((p) => p.handle === who)!.id };
  const { inbound } = c.running.coxswain.deps;
  await inbound.learn('slack', setup.team.id, { kind: 'person_changed', user, guest, active });
}

describe.each(ENGINES)('people come, change and go, %s', (engine) => {
  test('a guest is refused, and is let in again as a member; so is who was deactivated', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const says = async () => (await type(c, 'dana', 'me')).text;
    await changed(c, 'dana', true, true);
    expect(await says()).toContain('Guests and people from other organisations see and decide nothing here.');
    await changed(c, 'dana', false, false);
    expect(await says()).toContain('Your account is not active in this organisation.');
    await changed(c, 'dana', false, true);
    expect(await says()).toContain('Nothing waits for you');
    expect((await type(c, 'bo', 'seat history claims')).text).toMatch(/operations.*until/);
  });
});
