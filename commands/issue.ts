import { acknowledgeIssue, newIssue, solveIssue } from '../src/actions/issue/index.ts';
import { needIssue, needSeat } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { issueDetailCard, issueListCard } from '../src/cards/issue.ts';
import { invalid } from '../src/errors.ts';
import { loadIssue, loadIssueLines } from '../src/queries/issue.ts';
import type { Asked, Command } from './command.ts';
import { openForm, toMe } from './reply.ts';

const MOST = 20;

/** The issue as it is now. */
export async function shownIssue(asked: Asked, id: string) {
  return issueDetailCard((await loadIssue(asked.store.read, asked.org, id))!);
}

function needRef(input: Readonly<Record<string, string>>, verb: string): string {
  const { issue } = input;
  if (issue !== undefined) return issue;
  throw invalid('Which issue? Give its name.', { hint: `issue ${verb} CLAIMS-1` });
}

export const issueCommand: Command = {
  name: 'issue',
  aliases: ['issues'],
  summary: 'What went wrong, and who has it',
  defaultVerb: 'list',
  examples: [
    'issue new claims "Answers cite a repealed rule" severity=2',
    'issue ack CLAIMS-1',
    'issue solve CLAIMS-1',
  ],
  verbs: [
    {
      name: 'new',
      aliases: ['raise', 'add'],
      usage: 'issue new <seat> "<what is wrong>" [severity=3] [kind=incident] [link=https://…]',
      summary: 'raise an issue; alone it opens a form. Anyone may',
      positional: ['seat', '...title'],
      named: ['seat', 'title', 'detail', 'severity|sev', 'kind', 'link'],
      async run(asked, input) {
        if (input['seat'] === undefined || (input['title'] ?? '') === '')
          return openForm('issue.new', { ...input });
        const { id } = await perform(asked, newIssue, { ...input });
        return toMe(await shownIssue(asked, id));
      },
    },
    {
      name: 'show',
      usage: 'issue show <CLAIMS-1>',
      summary: 'the issue, its evidence, and who was asked',
      positional: ['issue'],
      async run(asked, input) {
        const issue = await needIssue(asked.store.read, asked.org, needRef(input, 'show'));
        return toMe(await shownIssue(asked, issue.id));
      },
    },
    {
      name: 'list',
      usage: 'issue list [seat]',
      summary: 'open issues, most severe first',
      positional: ['seat'],
      async run(asked, input) {
        const db = asked.store.read;
        const seats =
          input['seat'] === undefined ? {} : { seats: [(await needSeat(db, asked.org, input['seat'])).id] };
        const lines = await loadIssueLines(db, asked.org, { ...seats, limit: MOST + 1 });
        return toMe(issueListCard(lines.slice(0, MOST), asked.clock.now(), lines.length > MOST));
      },
    },
    {
      name: 'ack',
      aliases: ['acknowledge', 'take'],
      usage: 'issue ack <CLAIMS-1>',
      summary: 'say that you have it; the pings stop',
      positional: ['issue'],
      async run(asked, input) {
        const { id } = await perform(asked, acknowledgeIssue, { issue: needRef(input, 'ack') });
        return toMe(await shownIssue(asked, id));
      },
    },
    {
      name: 'solve',
      usage: 'issue solve <CLAIMS-1> [cause="…" fix="…" lesson="…"]',
      summary: 'say what caused it, what was done and what was learned; alone it opens a form',
      positional: ['issue'],
      named: ['issue', 'cause', 'fix|done', 'lesson|learned'],
      async run(asked, input) {
        const issue = await needIssue(asked.store.read, asked.org, needRef(input, 'solve'));
        if (input['cause'] === undefined || input['fix'] === undefined || input['lesson'] === undefined) {
          return openForm('issue.solve', { ...input, issue: issue.ref });
        }
        const { id } = await perform(asked, solveIssue, { ...input });
        return toMe(await shownIssue(asked, id));
      },
    },
  ],
};
