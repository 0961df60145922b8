import { acknowledgeIssue, newIssue, solveIssue } from '../src/actions/issue/index.ts';
import { needIssue, needSeat } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { type Listed, issueListCard } from '../src/cards/issue-list.ts';
import { invalid } from '../src/errors.ts';
import { loadIssue, loadIssueList } from '../src/queries/issue.ts';
import type { Asked, Command } from './command.ts';
import { issueChanges } from './issue-changes.ts';
import { needRef, shownIssue } from './issue-shown.ts';
import { openForm, toMe } from './reply.ts';

const MOST = 20;
const LISTS = ['open', 'overdue', 'mine', 'all'] as const satisfies readonly Listed[];

/** `CLAIMS-1`. */
const ISSUE = /^[a-z0-9][a-z0-9-]*-\d+$/i;

const listed = (word: string | undefined): Listed | undefined =>
  LISTS.find((one) => one === word?.toLowerCase());

/** `claims overdue`, `overdue claims`, `mine`, `claims` or nothing. */
function whichList(input: Readonly<Record<string, string>>): { seat?: string; only: Listed } {
  const words = [input['seat'], input['only']].filter((word) => word !== undefined);
  const only = words.find((word) => listed(word) !== undefined);
  const [seat, extra] = words.filter((word) => word !== only);
  if (extra !== undefined && ISSUE.test(extra)) {
    throw invalid(`“issue ${seat?.slice(0, 40)}” is nothing that can be done with ${extra.slice(0, 40)}.`, {
      hint: `issue show ${extra}`,
    });
  }
  if (extra !== undefined) {
    throw invalid(`“${extra.slice(0, 40)}” is no list of issues: choose ${LISTS.join(', ')}.`, {
      hint: `issue list ${seat} overdue`,
    });
  }
  return { only: listed(only) ?? 'open', ...(seat === undefined ? {} : { seat }) };
}

/** `issue CLAIMS-1` shows it, unless a seat is called so. */
async function seatOrIssue({ store, org }: Asked, key: string) {
  try {
    return { seat: await needSeat(store.read, org, key) };
  } catch (fault) {
    if (!ISSUE.test(key)) throw fault;
    return { issue: (await needIssue(store.read, org, key)).id };
  }
}

const asksForOutcome = async ({ store, org }: Asked, issue: string): Promise<boolean> =>
  (await loadIssue(store.read, org, issue))?.asksOutcome === true;

async function listIssues(asked: Asked, input: Readonly<Record<string, string>>) {
  const db = asked.store.read;
  const { seat: key, only } = whichList(input);
  const found = key === undefined ? undefined : await seatOrIssue(asked, key);
  if (found?.issue !== undefined) return toMe(await shownIssue(asked, found.issue));
  const seat = found?.seat;
  const now = asked.clock.now();
  const which = only === 'mine' ? { only, person: asked.me.id } : { only };
  const lines = await loadIssueList(db, asked.org, { ...which, seat: seat?.id, now, limit: MOST + 1 });
  const more = lines.length > MOST;
  return toMe(issueListCard(lines.slice(0, MOST), now, { only, of: seat?.key, more }));
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
      usage: 'issue new <seat> "<what is wrong>" [severity=3] [kind=incident] [metric=…] [link=https://…]',
      summary: 'raise an issue; alone it opens a form. Anyone may',
      positional: ['seat', '...title'],
      named: ['seat', 'title', 'detail', 'severity|sev', 'kind', 'metric', 'link'],
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
      summary: 'the issue, its evidence, its comments, and who was asked',
      positional: ['issue'],
      async run(asked, input) {
        const issue = await needIssue(asked.store.read, asked.org, needRef(input, 'show'));
        return toMe(await shownIssue(asked, issue.id));
      },
    },
    {
      name: 'list',
      usage: 'issue list [seat] [overdue|mine|all]',
      summary: 'open issues, most severe first; what is late, what is yours, or all there ever were',
      positional: ['seat', 'only'],
      run: listIssues,
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
      usage:
        'issue solve <CLAIMS-1> [cause="…" fix="…" lesson="…"] [outcome="new normal"] [rule=yes fits=every]',
      summary: 'say what caused it, what was done and what was learned; alone it opens a form',
      positional: ['issue'],
      named: ['issue', 'cause', 'fix|done', 'lesson|learned', 'outcome', 'rule', 'fits', 'says'],
      async run(asked, input) {
        const issue = await needIssue(asked.store.read, asked.org, needRef(input, 'solve'));
        const typed = ['cause', 'fix', 'lesson'].every((answer) => input[answer] !== undefined);
        // What was typed stands in the form, which asks for the rest.
        if (!typed || (input['outcome'] === undefined && (await asksForOutcome(asked, issue.id)))) {
          return openForm('issue.solve', { ...input, issue: issue.ref });
        }
        const { id } = await perform(asked, solveIssue, { ...input });
        return toMe(await shownIssue(asked, id));
      },
    },
    ...issueChanges,
  ],
};
