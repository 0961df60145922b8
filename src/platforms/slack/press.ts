import type { Button as BlockButton } from '@slack/types';
import type { Button, Json, JsonObject, Press } from '../../ui/card.ts';
import { LIMITS } from './limits.ts';
import { plainText, safeUrl } from './text.ts';

/** What a pressed button asks for. `value` is JSON that we wrote ourselves. */
export type Pressed = Exclude<Press, { kind: 'url' }>;

function idAndValue(on: Press): { id: string; value?: Json } {
  switch (on.kind) {
    case 'press':
      return { id: `press:${on.name}`, value: on.payload };
    case 'form':
      return { id: `form:${on.name}`, value: on.args };
    case 'command':
      return { id: 'command', value: { line: on.line } };
    case 'url':
      return { id: 'url' };
    default:
      return on satisfies never;
  }
}

/**
 * A button, or undefined when Slack could not carry what it does. `taken` holds the ids of the message so far:
 * the second button of a name is `press:name#2`.
 */
export function buttonElement(button: Button, taken: Map<string, number>): BlockButton | undefined {
  const { id, value } = idAndValue(button.on);
  const json = value === undefined ? undefined : JSON.stringify(value);
  const url = button.on.kind === 'url' ? safeUrl(button.on.url, LIMITS.button.url) : undefined;
  if (json !== undefined && json.length > LIMITS.button.value) return undefined;
  if (id.length > LIMITS.actionId - 4 || (button.on.kind === 'url' && url === undefined)) return undefined;
  const count = (taken.get(id) ?? 0) + 1;
  taken.set(id, count);
  return {
    type: 'button',
    action_id: count === 1 ? id : `${id}#${count}`,
    text: plainText(button.label, LIMITS.button.label),
    ...(json === undefined ? {} : { value: json }),
    ...(url === undefined ? {} : { url }),
    ...(button.style === undefined ? {} : { style: button.style }),
    ...(button.confirm === undefined
      ? {}
      : {
          confirm: {
            title: plainText(button.confirm.title, LIMITS.confirm.title),
            text: plainText(button.confirm.text, LIMITS.confirm.text),
            confirm: plainText(button.confirm.yes, LIMITS.confirm.button),
            deny: plainText('Cancel', LIMITS.confirm.button),
            ...(button.style === 'danger' ? { style: 'danger' as const } : {}),
          },
        }),
  };
}

/** What the button with this id and value asks for; undefined for links and for buttons that are not ours. */
export function pressed(actionId: string, value: string | undefined): Pressed | undefined {
  const payload = parse(value);
  const id = actionId.replace(/#\d+$/, '');
  if (payload === undefined) return undefined;
  if (id === 'command') {
    return typeof payload['line'] === 'string' ? { kind: 'command', line: payload['line'] } : undefined;
  }
  const [kind, name] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
  if (kind === 'press') return { kind, name, payload };
  return kind === 'form' ? { kind, name, args: payload } : undefined;
}

function parse(value: string | undefined): JsonObject | undefined {
  try {
    const json = JSON.parse(value ?? '') as Json;
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}
