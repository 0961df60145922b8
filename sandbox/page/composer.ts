import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Suggestion, suggestions } from './completion.ts';
import type { Snapshot } from './model.ts';
import { act } from './store.ts';

interface Props {
  readonly snapshot: Snapshot;
  readonly channel: string;
  readonly label: string;
  readonly thread?: string;
  readonly focus?: boolean;
}

/** Lines sent from this page, newest last, for the arrow-up key. */
const sent: string[] = [];

/** Where messages and commands are typed. Enter sends; Tab takes a suggestion, and so does Enter on a chosen one. */
export function Composer({ snapshot, channel, label, thread, focus = false }: Props): ComponentChildren {
  const [line, setLine] = useState('');
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(-1);
  const [closed, setClosed] = useState(false);
  const box = useRef<HTMLTextAreaElement | null>(null);
  const put = useRef<number | undefined>(undefined);
  const id = thread === undefined ? 'composer' : 'thread-composer';
  const list = closed || line === '' ? [] : suggestions(snapshot, line, caret);

  useEffect(() => {
    if (chosen >= 0) document.querySelector(`#${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, id]);
  useEffect(() => {
    if (focus) box.current?.focus();
  }, [focus, thread]);
  useLayoutEffect(() => {
    const el = box.current;
    if (el === null) return;
    el.style.height = 'auto';
    el.style.height = `${Math.min(el.scrollHeight, 200)}px`;
    if (put.current !== undefined) el.setSelectionRange(put.current, put.current);
    put.current = undefined;
  }, [line]);

  const type = (text: string, at: number) => {
    setLine(text);
    setCaret(at);
    setChosen(-1);
    setClosed(false);
  };
  const take = (s: Suggestion) => {
    put.current = s.caret;
    type(s.line, s.caret);
    box.current?.focus();
  };
  const send = () => {
    const text = line.trim();
    if (text === '') return;
    sent.push(text);
    type('', 0);
    void act({ do: 'enter', channel, text, ...(thread === undefined ? {} : { thread }) });
  };
  const move = (by: number) =>
    setChosen(
      (chosen + by + list.length + 1) % (list.length + 1) === list.length
        ? -1
        : (chosen + by + list.length + 1) % (list.length + 1),
    );

  const onKeyDown = (e: KeyboardEvent) => {
    const { key } = e;
    const pick = list[chosen];
    if (key === 'Enter' && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      if (pick !== undefined) take(pick);
      else send();
    } else if (key === 'Tab' && !e.shiftKey && list.length > 0) {
      e.preventDefault();
      take(pick ?? list[0]!);
    } else if (key === 'Escape' && list.length > 0) {
      e.preventDefault();
      e.stopPropagation();
      setClosed(true);
    } else if (key === 'ArrowDown' && list.length > 0) {
      e.preventDefault();
      move(1);
    } else if (key === 'ArrowUp' && list.length > 0) {
      e.preventDefault();
      move(-1);
    } else if (key === 'ArrowUp' && line === '' && sent.length > 0) {
      e.preventDefault();
      const last = sent.at(-1) ?? '';
      put.current = last.length;
      type(last, last.length);
      setClosed(true);
    }
  };
  const onInput = (e: Event) => {
    const el = e.target as HTMLTextAreaElement;
    type(el.value, el.selectionStart);
  };

  return html`<form class="composer" onSubmit=${(e: Event) => e.preventDefault()}>
    ${
      list.length === 0
        ? null
        : html`<ul class="suggestions" id=${`${id}-list`} role="listbox" aria-label="Suggestions">
            ${list.map(
              (s, i) =>
                html`<li
                  key=${s.title}
                  id=${`${id}-${i}`}
                  role="option"
                  aria-selected=${i === chosen}
                  onMouseDown=${(e: Event) => e.preventDefault()}
                  onClick=${() => take(s)}
                >
                  <span class="usage"
                    ><strong>${s.fixed}</strong><span>${s.title.slice(s.fixed.length)}</span></span
                  ><span class="summary">${s.summary}</span>
                </li>`,
            )}
            <li class="keys" role="presentation">
              <kbd>↑</kbd><kbd>↓</kbd> choose <kbd>Tab</kbd> take <kbd>Enter</kbd> send
            </li>
          </ul>`
    }
    <div class="box">
      <textarea
        ref=${box}
        id=${id}
        rows="1"
        aria-label=${label}
        placeholder=${label}
        value=${line}
        autocomplete="off"
        spellcheck=${false}
        role="combobox"
        aria-expanded=${list.length > 0}
        aria-controls=${`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant=${chosen >= 0 ? `${id}-${chosen}` : undefined}
        onInput=${onInput}
        onKeyDown=${onKeyDown}
        onClick=${(e: Event) => setCaret((e.target as HTMLTextAreaElement).selectionStart)}
      ></textarea>
      <button type="button" class="send" aria-label="Send" disabled=${line.trim() === ''} onClick=${send}>
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path fill="currentColor" d="M1.500 14.500 15 8 1.500 1.500l1.300 5.300L9 8l-6.200 1.200z" />
        </svg>
      </button>
    </div>
    ${thread === undefined ? html`<p class="hint">Type <kbd>${snapshot.command}</kbd> for commands, <kbd>@</kbd> for people. You are ${snapshot.people.find((p) => p.id === snapshot.me)?.name}.</p>` : null}
  </form>`;
}
