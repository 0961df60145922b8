import { html, render } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { ClockBar } from './clockbar.ts';
import { Conversation } from './conversation.ts';
import { Confirm, Modal } from './modal.ts';
import { Sidebar } from './sidebar.ts';
import { connect, goTo, openDrawer, refresh, useShown } from './store.ts';
import { Thread } from './thread.ts';

/** Follows a permalink: `#/archives/C1/p1700000000000100`, of an answer with `?thread_ts=…` behind it. */
async function followHash(): Promise<void> {
  const link = /^#\/archives\/([A-Z0-9]+)\/p(\d+)(?:\?thread_ts=([\d.]+)&cid=[A-Z0-9]+)?$/.exec(
    location.hash,
  );
  if (link === null) return;
  const [, at = '', micros = '', thread = ''] = link;
  history.replaceState(null, '', location.pathname);
  goTo({ at, tab: 'messages', thread });
  await refresh();
  const target = document.querySelector(`#m${micros}`);
  target?.scrollIntoView({ block: 'center' });
  target?.classList.add('found');
}

const follow = (): void => void followHash();

function App(): ComponentChildren {
  const { snapshot, question, announcement, problem, drawer } = useShown();
  useEffect(() => {
    connect();
    void refresh();
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  if (snapshot === undefined) return html`<p class="boot">Opening the workspace …</p>`;
  const top = snapshot.modals.at(-1);
  return html`
    <a class="skip" href="#composer">Skip to writing</a>
    <div class=${snapshot.thread === undefined ? 'app' : 'app with-thread'}>
      <${ClockBar} snapshot=${snapshot} />
      <${Sidebar} snapshot=${snapshot} />
      ${drawer ? html`<div class="shade" onClick=${() => openDrawer(false)}></div>` : null}
      <${Conversation} snapshot=${snapshot} />
      <${Thread} snapshot=${snapshot} />
    </div>
    ${top === undefined ? null : html`<${Modal} key=${top.id} view=${top} depth=${snapshot.modals.length} />`}
    ${question === undefined ? null : html`<${Confirm} question=${question} />`}
    <p class="hidden" role="status" aria-live="polite">${announcement}</p>
    ${problem === '' ? null : html`<p class="toast" role="alert">${problem}</p>`}
  `;
}

const root = document.querySelector<HTMLElement>('#root');
if (root !== null) {
  root.textContent = '';
  render(html`<${App} />`, root);
}
