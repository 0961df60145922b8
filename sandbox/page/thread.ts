import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { Composer } from './composer.ts';
import { messageItems, useTail } from './conversation.ts';
import { Message } from './message.ts';
import type { Snapshot } from './model.ts';
import { goTo } from './store.ts';

/** The panel beside the messages with one of them and its answers. */
export function Thread({ snapshot }: { snapshot: Snapshot }): ComponentChildren {
  const { thread } = snapshot;
  const box = useTail(thread?.parent.ts ?? '', thread?.replies.length ?? 0);
  if (thread === undefined) return null;
  const { parent, replies } = thread;
  const close = () => goTo({ thread: '' });
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.key === 'Escape' && !e.defaultPrevented) close();
  };
  return html`<aside class="thread" aria-label="Thread" onKeyDown=${onKeyDown}>
    <header class="place">
      <h2>Thread</h2>
      <button type="button" class="close" aria-label="Close thread" onClick=${close}>✕</button>
    </header>
    <div class="scroll" ref=${box} tabindex="0" role="region" aria-label="Replies">
      <ol class="messages">
        <${Message} message=${parent} inThread=${true} />
      </ol>
      ${replies.length > 0 ? html`<p class="count"><span>${replies.length === 1 ? '1 reply' : `${replies.length} replies`}</span></p>` : null}
      <ol class="messages">
        ${messageItems(replies, true)}
      </ol>
    </div>
    <${Composer}
      key=${parent.ts}
      snapshot=${snapshot}
      channel=${parent.channel}
      thread=${parent.ts}
      label="Reply in thread"
      focus=${true}
    />
  </aside>`;
}
