import { type Card, buttons, card, list, note, paragraph, pressButton } from '../ui/card.ts';
import { bold, code } from '../ui/text.ts';

/** What erasing means, before somebody does it. */
export const eraseCard = (person: {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}): Card =>
  card(`Erase ${person.name}?`, [
    ...(person.active
      ? [
          paragraph(
            bold('The account is still active. '),
            'Who speaks to Coxswain again is met as somebody new.',
          ),
        ]
      : []),
    list([
      'Name, email address, accounts on Slack and Teams, working hours and absence are erased.',
      'What they wrote is erased: issues they raised, comments, notes, reasons, and the texts of the audit log.',
      'Their roles become vacant, each with an issue for its seat.',
      'Readings, marks and issues stay, as of an erased person. The audit chain stays whole.',
    ]),
    note(
      'Messages that stand on Slack or Teams, and backups, are not changed. ',
      code('admin export'),
      ' gives their data first.',
    ),
    buttons(
      pressButton(
        'Erase for good',
        'admin.erase',
        { person: person.id },
        {
          style: 'danger',
          confirm: { title: 'Erase for good?', text: `${person.name} cannot be brought back.`, yes: 'Erase' },
        },
      ),
    ),
  ]);

export const erasedCard = (texts: number, also: string): Card =>
  card('The person is erased', [
    paragraph(
      `${texts} texts of the audit log were erased with them.${also} The chain is whole: `,
      bold('audit verify'),
    ),
  ]);
