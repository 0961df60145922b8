import { expect, test } from 'vitest';
import { personalConversation } from '../../sandbox/teams/index.ts';
import type { FileReply } from '../../src/platforms/platform.ts';
import { withTeams } from './harness.ts';

const ana = personalConversation('ana');
const file = (text: string): FileReply => ({
  kind: 'file',
  name: 'readiness-2.yaml',
  title: 'Readiness, *version* 2',
  text,
  document: { name: 'rubric', args: { version: 2 } },
});

/** What the bot answers when somebody asks for the file and Teams has no address to fetch it from. */
async function asked(text: string) {
  await using h = await withTeams({ replies: { command: () => file(text) } });
  await h.sandbox.client.say('ana', ana, 'rubric export');
  await h.teams.idle();
  return h.sandbox.connector.workspace.messages(ana).findLast((m) => m.author === undefined)!;
}

test('without a public address the text stands in the message, line by line', async () => {
  const yaml = 'key: readiness\ndimensions:\n  - key: data\n    name: "*Data* [x](https://evil.example)"\n';
  const message = await asked(yaml);
  expect(message.card).toBeUndefined();
  expect(message.text).toBe(`**Readiness, \\*version\\* 2**\n\n\`\`\`\n${yaml}\`\`\``);
});

test('what would not stay whole is not shown, and what to set is said', async () => {
  for (const text of ['a\n```\nb', '受'.repeat(9000)]) {
    const { card } = await asked(text);
    expect(JSON.stringify(card)).toContain('whoever runs Coxswain can set');
    expect(JSON.stringify(card)).not.toContain('受受');
  }
});
