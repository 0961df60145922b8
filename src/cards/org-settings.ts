import { KEPT, TERMS } from '../domain/retention.ts';
import { formatSchedule } from '../domain/schedule.ts';
import type { SettingsView } from '../queries/org-settings.ts';
import { type Card, buttons, card, formButton, list, note, paragraph } from '../ui/card.ts';
import { type Text, bold, code } from '../ui/text.ts';

/** What comes from the environment of the process: the variable, and what may be told of it. */
export interface FromOutside {
  readonly variable: string;
  readonly says: string;
}

const channel = (name: string | undefined, how: string): Text =>
  name === undefined ? ['none; ', code(how), ' in a channel sets it'] : `#${name}`;
const row = (label: string, text: Text): Text => [
  bold(label),
  ': ',
  ...(Array.isArray(text) ? text : [text]),
];

/** The organisation's settings, and beside them what only whoever runs Coxswain can change. */
export function settingsCard(
  view: SettingsView,
  outside: readonly FromOutside[],
  publicKey: string,
  mayChange: boolean,
): Card {
  return card('Settings', [
    list([
      row('Name', view.name),
      row('Zone', `${view.zone}, for what has no zone of its own`),
      row('Digest', `${formatSchedule(view.digest, view.zone)}, where a channel says nothing else`),
      row('Governance channel', channel(view.governance, 'admin governance')),
      row('Audit heads', channel(view.heads, 'settings heads here')),
      row('Kept', KEPT.map((kept) => `${TERMS[kept].what} ${view.retention[kept]} days`).join('; ')),
    ]),
    ...(mayChange
      ? [buttons(formButton('Change', 'settings.edit', {}), formButton('What is kept', 'settings.kept', {}))]
      : []),
    paragraph(
      bold('From the environment'),
      ' of the process; whoever runs Coxswain changes them there and starts it anew:',
    ),
    list([
      ...outside.map(({ variable, says }): Text => [code(variable), ` ${says}`]),
      ['Public key of the audit heads: ', code(publicKey)],
    ]),
    note(
      'Visibility of seats and channels, rubrics and escalation policies have commands of their own: ',
      code('help'),
    ),
  ]);
}
