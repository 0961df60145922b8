import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { isSearched, optionsOf, type Value } from './shared/elements.ts';
import { list, type Obj, obj, text } from './shared/json.ts';
import { type FieldProps, aria } from './field-props.ts';
import { FileField } from './file-field.ts';
import { SearchField } from './search-field.ts';
import { current } from './store.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
}

const optionChoice = (o: Obj): Choice => ({
  value: text(o['value']),
  label: text(obj(o['text'])['text']),
  hint: text(obj(o['description'])['text']),
});

function choicesOf(element: Obj): readonly Choice[] {
  const { snapshot } = current();
  const type = text(element['type']);
  if (type.endsWith('users_select'))
    return (snapshot?.people ?? []).map((p) => ({
      value: p.id,
      label: `${p.name} (@${p.handle})`,
      hint: '',
    }));
  if (type.endsWith('channels_select') || type.endsWith('conversations_select'))
    return (snapshot?.conversations ?? [])
      .filter((c) => c.kind === 'channel')
      .map((c) => ({ value: c.id, label: `#${c.name}`, hint: '' }));
  return optionsOf(element).map(optionChoice);
}

const many = (value: Value): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? [value] : value;

/** One of several, or none, from a list that the browser draws. */
function Select({ props }: { props: FieldProps }): ComponentChildren {
  const { element, id, label, onValue } = props;
  const chosen = many(props.value)[0] ?? '';
  const groups = list(element['option_groups']);
  const option = (c: Choice) =>
    html`<option value=${c.value} selected=${c.value === chosen}>${c.label}</option>`;
  const placeholder = text(obj(element['placeholder'])['text']) || 'Choose …';
  return html`<select
    id=${id}
    ...${aria(props)}
    aria-label=${id === '' ? label : undefined}
    onChange=${(e: Event) => onValue((e.target as HTMLSelectElement).value || null)}
  >
    <option value="" selected=${chosen === ''}>${placeholder}</option>
    ${
      groups.length > 0
        ? groups.map(
            (g) =>
              html`<optgroup label=${text(obj(g['label'])['text'])}>
                ${list(g['options']).map(optionChoice).map(option)}
              </optgroup>`,
          )
        : choicesOf(element).map(option)
    }
  </select>`;
}

/** Several of a list, or exactly one, as boxes to tick. */
function Ticks({ props, one }: { props: FieldProps; one: boolean }): ComponentChildren {
  const { element, id, onValue } = props;
  const chosen = new Set(many(props.value));
  const all = choicesOf(element);
  const tick = (value: string, on: boolean) => {
    if (one) return onValue(value);
    const next = all.map((c) => c.value).filter((v) => (v === value ? on : chosen.has(v)));
    return onValue(next.length === 0 ? null : next);
  };
  return html`<div
    class=${all.length > 6 ? 'ticks long' : 'ticks'}
    id=${id}
    role=${one ? 'radiogroup' : 'group'}
    aria-label=${props.label}
    ...${aria(props)}
  >
    ${all.map(
      (c) =>
        html`<label key=${c.value}>
          <input
            type=${one ? 'radio' : 'checkbox'}
            name=${id}
            value=${c.value}
            checked=${chosen.has(c.value)}
            onChange=${(e: Event) => tick(c.value, (e.target as HTMLInputElement).checked)}
          />
          <span>${c.label}${c.hint === '' ? null : html`<small>${c.hint}</small>`}</span>
        </label>`,
    )}
  </div>`;
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  datepicker: 'date',
  timepicker: 'time',
  email_text_input: 'email',
  url_text_input: 'url',
};

function Line({ props }: { props: FieldProps }): ComponentChildren {
  const { element, id, onValue } = props;
  const type = text(element['type']);
  const common = {
    id,
    ...aria(props),
    value: many(props.value)[0] ?? '',
    placeholder: text(obj(element['placeholder'])['text']) || undefined,
    maxLength: typeof element['max_length'] === 'number' ? element['max_length'] : undefined,
    autocomplete: 'off',
    onInput: (e: Event) => onValue((e.target as HTMLInputElement).value || null),
  };
  if (type === 'plain_text_input' && element['multiline'] === true)
    return html`<textarea rows="4" ...${common}></textarea>`;
  if (type === 'datetimepicker') return html`<${Moment} props=${props} />`;
  const number = type === 'number_input' ? { inputmode: 'decimal' } : {};
  return html`<input type=${INPUT_TYPES[type] ?? 'text'} ...${common} ...${number} />`;
}

/** Seconds since 1970 on Slack's side, a local date and time on the browser's. */
function Moment({ props }: { props: FieldProps }): ComponentChildren {
  const seconds = Number(many(props.value)[0] ?? '');
  const local = (at: number) =>
    new Date(at * 1000 - new Date(at * 1000).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  const change = (e: Event) => {
    const at = new Date((e.target as HTMLInputElement).value).getTime();
    props.onValue(Number.isNaN(at) ? null : String(at / 1000));
  };
  return html`<input
    type="datetime-local"
    id=${props.id}
    ...${aria(props)}
    value=${seconds > 0 ? local(seconds) : ''}
    onInput=${change}
  />`;
}

/** Any element in which something is chosen or typed. Shows the new value at once. */
export function Field(props: FieldProps): ComponentChildren {
  const [value, setValue] = useState(props.value);
  const onValue = (next: Value) => {
    setValue(next);
    props.onValue(next);
  };
  const now: FieldProps = { ...props, value, onValue };
  const type = text(props.element['type']);
  if (isSearched(props.element)) return html`<${SearchField} props=${now} />`;
  if (type === 'checkboxes' || type.startsWith('multi_')) return html`<${Ticks} props=${now} one=${false} />`;
  if (type === 'file_input') return html`<${FileField} props=${now} />`;
  if (type === 'radio_buttons') return html`<${Ticks} props=${now} one=${true} />`;
  return type.endsWith('_select') ? html`<${Select} props=${now} />` : html`<${Line} props=${now} />`;
}
