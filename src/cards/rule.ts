import { fitText } from '../domain/lesson.ts';
import type { Rule, RuleLine, RuleList } from '../queries/rules.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  formButton,
  list,
  note,
  paragraph,
} from '../ui/card.ts';
import { type Inline, bold, code, date } from '../ui/text.ts';

/** As many rules as one card names. */
const MOST = 20;

const ruleLine = ({ rule, by, because, issue }: RuleLine, zone: string): readonly Inline[] => [
  bold(rule.ref),
  ` ${rule.text}${because === undefined ? '' : ` · because: ${because}`} · for ${fitText(rule.fits)} · ${by}, `,
  date(rule.at, zone),
  ...(issue === undefined ? [] : [', from ', code(issue)]),
];

/** The answer to `rules`. */
export function rulesCard({ rules, zone, seat }: RuleList): Card {
  const add = formButton('Add a rule', 'rule.add', {});
  const title = seat === undefined ? 'Rules' : `Rules for ${seat.name}`;
  if (rules.length === 0) {
    return card(seat === undefined ? 'No rules yet' : `No rule fits ${seat.name}`, [
      paragraph('A lesson becomes a rule when an issue is solved, so that nobody learns it twice.'),
      buttons(add, ...(seat === undefined ? [] : [commandButton('All rules', 'rules')])),
    ]);
  }
  // The newest are what people look for; the others are a seat away.
  const shown = rules.slice(-MOST);
  return card(
    title,
    [
      list(shown.map((line) => ruleLine(line, zone))),
      ...(rules.length > shown.length
        ? [note(`and ${rules.length - shown.length} older ones; by seat: `, code('rules claims'))]
        : []),
      buttons(add),
    ],
    { rest: 'rules' },
  );
}

/** On the card of a seat: what others learned before it. */
export function ruleElements(rules: readonly Rule[], seat: string): Element[] {
  if (rules.length === 0) return [];
  const shown = rules.slice(-5);
  const left = rules.length - shown.length;
  return [
    paragraph(bold('Rules for it')),
    list(shown.map((rule): readonly Inline[] => [bold(rule.ref), ` ${rule.text}`])),
    ...(left === 0 ? [] : [note(`and ${left} more: `, code(`rules ${seat}`))]),
  ];
}
