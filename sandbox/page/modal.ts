import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { initialValue, isSearched, type Value, valueKey } from './shared/elements.ts';
import { list, type Obj, obj, text } from './shared/json.ts';
import { Blocks } from './blocks.ts';
import { Field } from './field.ts';
import type { ModalView } from './model.ts';
import { act, offers, type Question, typedIn } from './store.ts';
import { TextObject, Words } from './words.ts';

/** A native dialog: it keeps the focus inside, and gives it back when it goes. */
function useDialog(): { current: HTMLDialogElement | null } {
  const dialog = useRef<HTMLDialogElement | null>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const el = dialog.current;
    el?.showModal();
    return () => {
      el?.close();
      const back =
        opener instanceof HTMLElement && opener.isConnected
          ? opener
          : document.querySelector<HTMLElement>('#composer');
      back?.focus();
    };
  }, []);
  return dialog;
}

function Ask({ block, view }: { block: Obj; view: ModalView }): ComponentChildren {
  const element = obj(block['element']);
  const blockId = text(block['block_id']);
  const actionId = text(element['action_id']);
  const key = valueKey(blockId, actionId);
  const typed = typedIn(view.id);
  const id = `f-${blockId}-${actionId}`;
  const error = view.errors[blockId];
  const hint = text(obj(block['hint'])['text']);
  const label = text(obj(block['label'])['text']);
  const describedBy = [error === undefined ? '' : `${id}-error`, hint === '' ? '' : `${id}-hint`]
    .filter(Boolean)
    .join(' ');
  const set = (value: Value) => {
    typed.set(key, value);
    if (block['dispatch_action'] === true)
      void act({ do: 'press_in_view', view: view.id, actionId, blockId, value, typed: [...typed] });
  };
  const search = isSearched(element)
    ? (query: string) => offers({ view: view.id, blockId, actionId, query, typed: [...typed] })
    : undefined;
  return html`<div class=${error === undefined ? 'question' : 'question wrong'}>
    <label for=${id}
      >${label}${block['optional'] === true ? html` <span class="optional">(optional)</span>` : null}</label
    >
    <${Field}
      element=${element}
      value=${typed.has(key) ? (typed.get(key) ?? null) : initialValue(element)}
      onValue=${set}
      id=${id}
      label=${label}
      describedBy=${describedBy === '' ? undefined : describedBy}
      wrong=${error !== undefined}
      optional=${block['optional'] === true}
      search=${search}
    />
    ${error === undefined ? null : html`<p class="error" id=${`${id}-error`}>${error}</p>`}
    ${hint === '' ? null : html`<p class="hint" id=${`${id}-hint`}><${Words} text=${hint} /></p>`}
  </div>`;
}

/** Inputs in order; whatever stands between them is drawn as in a message. */
function Body({ view }: { view: ModalView }): ComponentChildren {
  const press = (what: object) =>
    act({ do: 'press_in_view', view: view.id, typed: [...typedIn(view.id)], ...what });
  return list(view.content['blocks']).map((block) => {
    const key = `${view.id} ${text(block['block_id'])} ${text(obj(block['element'])['action_id'])}`;
    return block['type'] === 'input'
      ? html`<${Ask} key=${key} block=${block} view=${view} />`
      : html`<${Blocks} key=${key} blocks=${[block]} press=${press} />`;
  });
}

/** The modal on top of the stack. */
export function Modal({ view, depth }: { view: ModalView; depth: number }): ComponentChildren {
  const dialog = useDialog();
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const { content } = view;
  const words = (key: string) => text(obj(content[key])['text']);
  const wrong = Object.keys(view.errors).join();
  useEffect(() => {
    const el = dialog.current;
    const first =
      el?.querySelector<HTMLElement>('[aria-invalid=true]') ??
      el?.querySelector<HTMLElement>('.fields-box :is(input, textarea, select)');
    const inside = el?.querySelector('.fields-box')?.contains(document.activeElement) === true;
    if (wrong !== '' || !inside) first?.focus();
  }, [view.id, view.hash, wrong, attempt]);
  const close = (all: boolean) => void act({ do: 'close', all });
  const submit = async (e: Event) => {
    e.preventDefault();
    if (busy || words('submit') === '') return;
    setBusy(true);
    await act({ do: 'submit', view: view.id, typed: [...typedIn(view.id)] });
    setBusy(false);
    setAttempt((n) => n + 1);
  };
  const cancel = (e: Event) => {
    // A choice of files that is given up says the same, and the form should not go with it.
    if (e.target !== e.currentTarget) return;
    e.preventDefault();
    close(false);
  };
  return html`<dialog ref=${dialog} class="modal" aria-labelledby="modal-title" onCancel=${cancel}>
    <form onSubmit=${submit} novalidate>
      <header>
        <img class="avatar" src="/sandbox/page/icon.svg" alt="" />
        <h2 id="modal-title">
          <${TextObject} value=${content['title']} />${depth > 1 ? html`<small>${depth} of 3</small>` : null}
        </h2>
        <button type="button" class="close" aria-label="Close" onClick=${() => close(true)}>✕</button>
      </header>
      ${view.problem === '' ? null : html`<p class="trouble" role="alert">${view.problem}</p>`}
      <div class="fields-box"><${Body} view=${view} /></div>
      <footer>
        <button type="button" class="btn" onClick=${() => close(false)}>${words('close') || 'Cancel'}</button>
        ${words('submit') === '' ? null : html`<button type="submit" class="btn primary" aria-disabled=${busy} data-busy=${busy}>${words('submit')}</button>`}
      </footer>
    </form>
    <p class="hidden" role="alert">${wrong === '' ? '' : 'Some answers need another look.'}</p>
  </dialog>`;
}

/** The question a dangerous button asks first. */
export function Confirm({ question }: { question: Question }): ComponentChildren {
  const dialog = useDialog();
  const cancel = (e: Event) => {
    e.preventDefault();
    question.answer(false);
  };
  return html`<dialog ref=${dialog} class="modal confirm" aria-labelledby="confirm-title" onCancel=${cancel}>
    <header><h2 id="confirm-title">${question.title}</h2></header>
    <div class="fields-box"><p>${question.text}</p></div>
    <footer>
      <button type="button" class="btn" onClick=${() => question.answer(false)}>${question.no}</button>
      <button
        type="button"
        class=${`btn ${question.danger ? 'danger' : 'primary'}`}
        onClick=${() => question.answer(true)}
      >
        ${question.yes}
      </button>
    </footer>
  </dialog>`;
}
