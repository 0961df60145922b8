import type { Button, JsonObject, Press } from '../../ui/card.ts';
import { oneLine } from './escape.ts';
import { type Checked, LIMITS, clipTo, clipList } from './limits.ts';
import { renderString, safeUrl } from './text.ts';

/** Verbs of Action.Execute, as they come back in an `adaptiveCard/action` invoke. */
export const VERBS = { press: 'press', command: 'command', submit: 'submit', form: 'form' } as const;

/** Where a form's name and arguments travel, so that no field name can collide with them. */
export const FORM_KEY = 'coxswain:form';

/** What a button of a card in a dialog says. */
export const PRESSED_KEY = 'coxswain:pressed';

/** Where a card stands. A dialog runs no Action.Execute and opens no second one: its buttons are sent like its form. */
export type Shell = 'message' | 'dialog';

export interface ButtonContext extends Checked {
  readonly shell?: Shell;
}

const STYLES = { primary: 'positive', danger: 'destructive' } as const;

/** A dialog only opens from Action.Submit with `task/fetch`; everything else updates its card in place. */
function actionFor(on: Press, shell: Shell): JsonObject | undefined {
  switch (on.kind) {
    case 'press':
      return does(VERBS.press, { name: on.name, payload: on.payload }, shell);
    case 'command':
      return does(VERBS.command, { line: on.line }, shell);
    case 'form':
      return submit({
        ...(shell === 'message' ? { msteams: { type: 'task/fetch' } } : {}),
        ...(shell === 'dialog' ? { [PRESSED_KEY]: { verb: VERBS.form } } : {}),
        [FORM_KEY]: { name: on.name, args: on.args },
      });
    case 'url': {
      const url = safeUrl(on.url);
      return url === undefined ? undefined : { type: 'Action.OpenUrl', url };
    }
    default:
      return on satisfies never;
  }
}

const submit = (data: JsonObject): JsonObject => ({ type: 'Action.Submit', data, associatedInputs: 'none' });

const does = (verb: string, data: JsonObject, shell: Shell): JsonObject =>
  shell === 'message'
    ? { type: 'Action.Execute', verb, data, associatedInputs: 'none' }
    : submit({ [PRESSED_KEY]: { verb, ...data } });

const titled = (action: JsonObject, title: string, style: Button['style'], checked: Checked): JsonObject => ({
  ...action,
  title: clipTo(oneLine(title), 'button', checked),
  ...(style === undefined ? {} : { style: STYLES[style] }),
});

const toggle = (title: string, id: string): JsonObject => ({
  type: 'Action.ToggleVisibility',
  title,
  targetElements: [id],
});

/** The question before a dangerous step: hidden in the same card, so asking costs no round trip and no state. */
function confirmation(
  button: Button,
  action: JsonObject,
  id: string,
  checked: Checked,
): JsonObject | undefined {
  const { confirm } = button;
  if (confirm === undefined) return undefined;
  return {
    type: 'Container',
    id,
    isVisible: false,
    style: 'emphasis',
    items: [
      {
        type: 'TextBlock',
        text: renderString(confirm.title, 'heading', checked),
        weight: 'Bolder',
        wrap: true,
      },
      { type: 'TextBlock', text: renderString(confirm.text, 'confirm', checked), wrap: true },
      {
        type: 'ActionSet',
        actions: [titled(action, confirm.yes, button.style, checked), toggle('Back', id)],
      },
    ],
  };
}

/** Rows of at most six buttons, then the hidden questions of those that ask first. `prefix` keeps ids unique in the card. */
export function renderButtons(
  buttons: readonly Button[],
  prefix: string,
  context: ButtonContext,
): JsonObject[] {
  const { shell = 'message', ...checked } = context;
  const asked: JsonObject[] = [];
  const actions = clipList(buttons, 'buttons', checked).flatMap((button, i) => {
    const action = actionFor(button.on, shell);
    if (action === undefined) return [];
    const id = `${prefix}_ask_${i}`;
    const question = confirmation(button, action, id, checked);
    if (question === undefined) return [titled(action, button.label, button.style, checked)];
    asked.push(question);
    return [titled(toggle('', id), button.label, button.style, checked)];
  });
  const sets: JsonObject[] = [];
  for (let at = 0; at < actions.length; at += LIMITS.actionsPerSet) {
    sets.push({ type: 'ActionSet', actions: actions.slice(at, at + LIMITS.actionsPerSet) });
  }
  return [...sets, ...asked];
}
