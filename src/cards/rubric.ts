import { compareRubrics } from '../domain/rubric/compare.ts';
import type { RubricView } from '../queries/rubric.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  facts,
  formButton,
  heading,
  list,
  note,
  paragraph,
  pressButton,
  quote,
} from '../ui/card.ts';
import { type Text, bold, date, italic } from '../ui/text.ts';
import { namesOfPaths } from './score.ts';

const tier = (from: string): string => (from === 'low' ? '' : ` (from ${from} risk)`);

/** `rubric show`: what seats are scored by. */
export function rubricCard(view: RubricView): Card {
  const { held, zone, proposed } = view;
  const { rubric, version, row } = held;
  return card(
    `${rubric.name}, version ${version}`,
    [
      ...rubric.dimensions.flatMap((d): Element[] => [
        heading(d.name),
        list(d.criteria.map((c): Text => [bold(c.name), `${tier(c.from)}. Green: ${c.green}`])),
      ]),
      row?.proposedBy == null
        ? note('As it came with Coxswain.')
        : note(`Proposed by ${view.nameOf(row.proposedBy)}, adopted `, date(row.decidedAt!, zone), '.'),
      ...(proposed === undefined
        ? []
        : [paragraph(`Version ${proposed.row.version} is proposed and waits for approval.`)]),
      buttons(
        formButton('Propose a change', 'rubric.propose', {}),
        commandButton('Export as YAML', 'rubric export'),
        ...(proposed === undefined
          ? []
          : [commandButton('Show the proposal', `rubric show ${proposed.row.version}`)]),
      ),
    ],
    { rest: 'rubric export' },
  );
}

const WAITS = {
  governor: 'a governor',
  business: 'an accepted business owner of a seat in pilot or later',
} as const;

/** A proposed version: what would change, who has approved, and whom it waits for. */
export function proposalCard(view: NonNullable<RubricView['proposed']>): Card {
  const { row, before, approvals, zone, nameOf } = view;
  const { rubric } = row;
  const title = `${rubric.name}: version ${row.version} is ${row.state === 'proposed' ? 'proposed' : row.state}`;
  const { same, reworded, added, removed } = compareRubrics(before, rubric);
  const open = (['governor', 'business'] as const).filter((as) => !approvals.some((a) => a.as === as));
  const lines: readonly (readonly [string, string])[] = [
    ['Unchanged', `${same.length} criteria`],
    ...(reworded.length === 0 ? [] : [['Reworded', namesOfPaths(rubric, reworded)] as const]),
    ...(added.length === 0 ? [] : [['New', namesOfPaths(rubric, added)] as const]),
    ...(removed.length === 0 ? [] : [['Gone', namesOfPaths(before, removed)] as const]),
  ];
  const payload = { key: row.key, version: row.version };
  return card(
    title,
    [
      paragraph(
        `By ${row.proposedBy === null ? 'Coxswain' : nameOf(row.proposedBy)}, `,
        date(row.proposedAt, zone),
        ':',
      ),
      ...(row.reason === null ? [] : [quote(row.reason)]),
      facts(...lines),
      ...approvals.map((a) =>
        paragraph(
          bold(nameOf(a.person)),
          ` approved as ${a.as === 'business' ? 'business owner' : 'governor'}, `,
          date(a.at, zone),
          a.comment === null ? '' : ': ',
          ...(a.comment === null ? [] : [italic(a.comment)]),
        ),
      ),
      ...(row.state === 'proposed'
        ? [
            note(`It waits for ${open.map((as) => WAITS[as]).join(' and ')}; not for who proposed it.`),
            buttons(
              pressButton('Approve', 'rubric.approve', payload, {
                style: 'primary',
                confirm: {
                  title: 'Approve this version?',
                  text: 'When both approvals are there, every new score uses it. Scores that were given stay as they are.',
                  yes: 'Approve',
                },
              }),
              commandButton('Read all of it', `rubric export ${row.version}`),
            ),
          ]
        : row.decidedAt === null
          ? []
          : [note('Since ', date(row.decidedAt, zone), '.')]),
    ],
    { fallback: title, rest: `rubric export ${row.version}` },
  );
}
