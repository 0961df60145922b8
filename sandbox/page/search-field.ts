import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { list, type Obj, obj, text } from './shared/json.ts';
import { type FieldProps, aria } from './field-props.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

const choiceOf = (o: Obj): Choice => ({ value: text(o['value']), label: text(obj(o['text'])['text']) });

/** What chosen values are called: the form only carries the values, also when it is drawn anew. */
const labels = new Map<string, string>();
const learn = (choices: readonly Choice[]): readonly Choice[] => {
  for (const { value, label } of choices) labels.set(value, label);
  return choices;
};
const labelOf = (value: string): string => labels.get(value) ?? value;

/** Waits until somebody pauses, so that not every letter is asked about. Milliseconds. */
const PAUSE = 120;

const many = (value: FieldProps['value']): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? [value] : value;

/** Choices that the app is asked for while somebody types: a combobox with a list, by mouse or by keys alone. */
export function SearchField({ props }: { props: FieldProps }): ComponentChildren {
  const { element, id, label, search, onValue } = props;
  const several = text(element['type']).startsWith('multi_');
  const chosen = many(props.value);
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [found, setFound] = useState<readonly Choice[] | undefined>(undefined);
  const [at, setAt] = useState(-1);
  const asked = useRef(0);
  learn(
    [...list(element['initial_options']), obj(element['initial_option'])]
      .map(choiceOf)
      .filter((c) => c.value !== ''),
  );
  const open = typed !== undefined;
  const close = () => {
    setTyped(undefined);
    setFound(undefined);
    setAt(-1);
  };

  useEffect(() => {
    if (typed === undefined || search === undefined) return undefined;
    const mine = (asked.current += 1);
    const ask = async () => {
      const options = await search(typed);
      // Somebody typed on meanwhile: what comes late is about less.
      if (asked.current !== mine) return;
      setFound(learn(options.map(choiceOf)));
      setAt(options.length > 0 && typed !== '' ? 0 : -1);
    };
    const wait = setTimeout(() => void ask(), typed === '' ? 0 : PAUSE);
    return () => clearTimeout(wait);
  }, [typed]);
  useEffect(() => {
    if (at >= 0) document.getElementById(`${id}-option-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at, id]);

  const offered = found ?? [];
  const take = ({ value }: Choice) => {
    if (!several) {
      onValue(value);
      return close();
    }
    const next = chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value];
    onValue(next.length === 0 ? null : next);
    return setTyped('');
  };
  const drop = (value: string) => {
    const next = chosen.filter((v) => v !== value);
    onValue(next.length === 0 ? null : several ? next : null);
  };
  const onKeyDown = (e: KeyboardEvent) => {
    const { key } = e;
    const pick = offered[at];
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      e.preventDefault();
      if (!open) return setTyped('');
      const step = key === 'ArrowDown' ? 1 : -1;
      const from = at < 0 && step < 0 ? 0 : at;
      if (offered.length > 0) setAt((from + step + offered.length) % offered.length);
    } else if (key === 'Enter' && open) {
      e.preventDefault();
      if (pick !== undefined) take(pick);
    } else if (key === 'Escape' && open) {
      e.preventDefault();
      e.stopPropagation();
      close();
    } else if (key === 'Backspace' && (typed ?? '') === '' && chosen.length > 0) {
      e.preventDefault();
      drop(chosen.at(-1)!);
    }
    return undefined;
  };
  const shown = typed ?? (several ? '' : labelOf(chosen[0] ?? ''));
  const says =
    found === undefined ? 'Searching …' : offered.length === 0 ? `Nothing is called “${typed ?? ''}”.` : '';
  return html`<div class="search-field">
    ${
      several && chosen.length > 0
        ? html`<ul class="picked" aria-label=${`Chosen: ${label}`}>
            ${chosen.map(
              (value) =>
                html`<li key=${value}>
                  ${labelOf(value)}
                  <button type="button" aria-label=${`Remove ${labelOf(value)}`} onClick=${() => drop(value)}>
                    ✕
                  </button>
                </li>`,
            )}
          </ul>`
        : null
    }
    <input
      type="text"
      id=${id}
      ...${aria(props)}
      role="combobox"
      aria-expanded=${open}
      aria-controls=${`${id}-options`}
      aria-autocomplete="list"
      aria-activedescendant=${open && at >= 0 ? `${id}-option-${at}` : undefined}
      autocomplete="off"
      spellcheck=${false}
      placeholder=${text(obj(element['placeholder'])['text']) || 'Type to search'}
      value=${shown}
      onInput=${(e: Event) => setTyped((e.target as HTMLInputElement).value)}
      onFocus=${(e: Event) => (e.target as HTMLInputElement).select()}
      onClick=${() => (open ? undefined : setTyped(''))}
      onBlur=${close}
      onKeyDown=${onKeyDown}
    />
    ${
      !several && chosen.length > 0 && !open && props.optional === true
        ? html`<button
            type="button"
            class="clear"
            aria-label=${`Clear ${label}`}
            onClick=${() => drop(chosen[0]!)}
          >
            ✕
          </button>`
        : null
    }
    ${
      open
        ? html`<ul class="found" id=${`${id}-options`} role="listbox" aria-label=${label}>
            ${offered.map(
              (choice, i) =>
                html`<li
                  key=${choice.value}
                  id=${`${id}-option-${i}`}
                  role="option"
                  aria-selected=${several ? chosen.includes(choice.value) : i === at}
                  class=${i === at ? 'at' : ''}
                  onMouseDown=${(e: Event) => e.preventDefault()}
                  onClick=${() => take(choice)}
                >
                  ${several && chosen.includes(choice.value) ? '✓ ' : ''}${choice.label}
                </li>`,
            )}
            ${says === '' ? null : html`<li class="nothing" role="presentation">${says}</li>`}
          </ul>`
        : null
    }
    <p class="hidden" role="status">
      ${open && found !== undefined ? says || `${offered.length} found` : ''}
    </p>
  </div>`;
}
