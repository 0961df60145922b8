import type { IssueLine } from '../queries/issue.ts';
import { type Card, buttons, card, commandButton, formButton, list, note, paragraph } from '../ui/card.ts';
import { code } from '../ui/text.ts';
import { issueLine } from './issue-state.ts';

/** Which issues a list holds. */
export type Listed = 'open' | 'overdue' | 'mine' | 'all';

const TITLES: Record<Listed, string> = {
  open: 'Open issues',
  overdue: 'Overdue issues',
  mine: 'Your issues',
  all: 'All issues',
};
const EMPTY: Record<Listed, string> = {
  open: 'No open issues',
  overdue: 'Nothing is overdue',
  mine: 'No issue waits for you',
  all: 'No issues yet',
};

/** The answer to `issue list`; `of` is the key of the seat, when it was asked for one. */
export function issueListCard(
  lines: readonly IssueLine[],
  now: number,
  asked: { readonly only: Listed; readonly of: string | undefined; readonly more: boolean },
): Card {
  const { only, of, more } = asked;
  const where = of === undefined ? '' : ` of ${of}`;
  if (lines.length === 0) {
    return card(`${EMPTY[only]}${where}`, [
      paragraph('A new one: ', code('issue new')),
      buttons(
        formButton('Raise an issue', 'issue.new', of === undefined ? {} : { seat: of }),
        ...(only === 'open' ? [] : [commandButton('Open issues', 'issue list')]),
      ),
    ]);
  }
  const line = of === undefined ? 'issue list' : `issue list ${of}`;
  const elsewhere = (['open', 'overdue', 'mine', 'all'] as const)
    .filter((other) => other !== only)
    .map((other) => commandButton(TITLES[other], other === 'open' ? line : `${line} ${other}`));
  return card(
    `${TITLES[only]}${where}`,
    [
      list(lines.map((line) => issueLine(line, now))),
      ...(more ? [note('There are more. Name a seat to see its own: ', code('issue list claims'))] : []),
      buttons(...elsewhere),
    ],
    { rest: 'issue list' },
  );
}
