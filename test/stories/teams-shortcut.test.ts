import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/databases.ts';
import { type TeamsCoxswain, channel, chat, startOnTeams } from '../support/teams-coxswain.ts';

const claims = channel('claims-ai');

/** Somebody writes to the others in the channel; Coxswain does not hear it. */
async function writes(c: TeamsCoxswain, who: string, text: string, thread?: string): Promise<string> {
  await c.say(who, claims, text, thread === undefined ? {} : { thread });
  return c.teams.connector.workspace.messages(claims).at(-1)!.id;
}

describe.each(ENGINES)('from the menu of a Teams message, %s', (engine) => {
  test('drift is reported with its words and its address; what others say is added to it', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say(
      'ana',
      claims,
      '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour" accountable="@Bo Okafor"',
    );
    const said = await writes(c, 'eli', 'It cites § 14 again,\nwhich was repealed in May');

    const form = await c.shortcut('dana', claims, said, 'report_drift');
    expect(form.text).toContain('It cites § 14 again,');
    const again = await form.submit({ seat: 'claims', title: '', severity: '3' });
    expect(again!.title).toBe('Report drift');
    const shown = await again!.submit({
      seat: 'claims',
      title: 'Answers cite a repealed rule',
      severity: '3',
    });
    expect(shown!.text).toContain('CLAIMS-1');
    const issue = c.shown(claims).find((m) => m.text.includes('CLAIMS-1'))!;
    expect(issue.text).toMatch(/It cites § 14 again,\s+which was repealed in May/);
    expect(issue.buttons).toContain('Open link');

    // In the issue's thread the issue is chosen already.
    const answer = await writes(c, 'cem', 'Since the update on Thursday', issue.id);
    const note = await c.shortcut('cem', claims, answer, 'add_to_issue');
    expect(note.text).toContain('Since the update on Thursday');
    const added = await note.submit({ issue: 'CLAIMS-1', text: 'Since the update on Thursday' });
    expect(added!.text).toContain('Added to CLAIMS-1');
    expect(issue.text).toContain('Since the update on Thursday');
  });
});
