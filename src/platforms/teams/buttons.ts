import type { Button, JsonObject, Press } from '../../ui/card.ts';
import { oneLine } from './escape.ts';
import { type Checked, LIMITS, clipTo, clipList } from './limits.ts';
import { renderString, safeUrl } from './text.ts';

/** Verbs of Action.Execute, as they come back in an `adaptiveCard/action` invoke. */
export const VERBS = { press: 'press', command: 'command', submit: 'submit' } as const;

/** Where a form's name and arguments travel, so that no field name can collide with them. */
export const FORM_KEY = 'coxswain:form';

const STYLES = { primary: 'positive', danger: 'destructive' } as const;

/** A dialog only opens from Action.Submit with `task/fetch`; everything else updates its card in place. */
function actionFor(on: Press): JsonObject | undefined {
  switch (on.kind) {
    case 'press':
      return execute(VERBS.press, { name: on.name, payload: on.payload });
    case 'command':
      return execute(VERBS.command, { line: on.line });
    case 'form':
      return {
        type: 'Action.Submit',
        data: { msteams: { type: 'task/fetch' }, [FORM_KEY]: { name: on.name, args: on.args } },
        associatedInputs: 'none',
      };
    case 'url': {
      const url = safeUrl(on.url);
      return url === undefined ? undefined : { type: 'Action.OpenUrl', url };
    }
    default:
      return on satisfies never;
  }
}

const execute = (verb: string, data: JsonObject): JsonObject => ({
  type: 'Action.Execute',
  verb,
  data,
  associatedInputs: 'none',
});

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
export function renderButtons(buttons: readonly Button[], prefix: string, checked: Checked): JsonObject[] {
  const asked: JsonObject[] = [];
  const actions = clipList(buttons, 'buttons', checked).flatMap((button, i) => {
    const action = actionFor(button.on);
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
