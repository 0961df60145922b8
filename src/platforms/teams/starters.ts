/** What an action of the compose box, the command box and the slash menu opens. */
export type Opens =
  | { readonly kind: 'form'; readonly name: string }
  | { readonly kind: 'command'; readonly line: string };

/** A form without a command typed. The manifest lists exactly these. */
export interface Starter {
  /** Teams' `commandId`; the same as a shortcut's where the action is offered on messages, too. */
  readonly id: string;
  /** At most 32 characters, Teams' limit. */
  readonly label: string;
  readonly opens: Opens;
}

const form = (id: string, label: string, name: string): Starter => ({
  id,
  label,
  opens: { kind: 'form', name },
});

/** With the actions that stand on messages alone, Teams takes ten. */
export const STARTERS: readonly Starter[] = [
  form('log_numbers', 'Log numbers', 'reading.log'),
  form('report_drift', 'Report drift', 'issue.report'),
  form('raise_issue', 'Raise an issue', 'issue.new'),
  form('score_seat', 'Score a seat', 'score.start'),
  form('add_seat', 'Add a seat', 'seat.add'),
  form('add_number', 'Add a number', 'metric.add'),
  form('move_seat', 'Move a seat', 'seat.move'),
  form('add_priority', 'Add a priority', 'priority.add'),
  { id: 'my_day', label: 'What waits for me', opens: { kind: 'command', line: 'me' } },
];

export const starterNamed = (id: string): Starter | undefined => STARTERS.find((one) => one.id === id);
