import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { Avatar, nameOf } from './avatar.ts';
import { Blocks, Picture, type Press } from './blocks.ts';
import type { MessageView } from './model.ts';
import { act, current, goTo } from './store.ts';
import { Mrkdwn, zoneOfMe } from './words.ts';

export const timeOf = (ts: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zoneOfMe(), hour: '2-digit', minute: '2-digit' }).format(
    Number(ts) * 1000,
  );
export const dayOf = (ts: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zoneOfMe(),
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(Number(ts) * 1000);

const pressIn =
  (m: MessageView): Press =>
  (what) =>
    act({ do: 'press', channel: m.channel, ts: m.ts, ...what });

function Files({ message }: { message: MessageView }): ComponentChildren {
  return message.files.map((file) =>
    file.mime.startsWith('image/')
      ? html`<${Picture}
          block=${{ slack_file: { id: file.id }, alt_text: file.alt || file.title, title: { type: 'plain_text', text: file.title } }}
        />`
      : html`<a
          class="file"
          href=${`/sandbox/slack/files/${file.id}/${encodeURIComponent(file.name)}`}
          download=${file.name}
          >${file.title}</a
        >`,
  );
}

function Tools({ message, inThread }: { message: MessageView; inThread: boolean }): ComponentChildren {
  const shortcuts = current().snapshot?.shortcuts ?? [];
  const use = (callbackId: string) => (e: Event) => {
    (e.target as HTMLElement).closest('details')?.removeAttribute('open');
    void act({ do: 'shortcut', channel: message.channel, ts: message.ts, callbackId });
  };
  const leave = (e: FocusEvent) => {
    const menu = e.currentTarget as HTMLDetailsElement;
    if (!menu.contains(e.relatedTarget as Node | null)) menu.open = false;
  };
  const escape = (e: KeyboardEvent) => {
    const menu = e.currentTarget as HTMLDetailsElement;
    if (e.key !== 'Escape' || !menu.open) return;
    e.preventDefault();
    menu.open = false;
    menu.querySelector('summary')?.focus();
  };
  if (message.onlyYou) return null;
  return html`<div class="tools" role="group" aria-label="Message actions">
    ${inThread ? null : html`<button type="button" onClick=${() => goTo({ thread: message.ts })}>Reply in thread</button>`}
    ${
      shortcuts.length === 0
        ? null
        : html`<details class="overflow" onFocusOut=${leave} onKeyDown=${escape}>
            <summary aria-label="More actions">⋯</summary>
            <div class="menu">
              ${shortcuts.map(
                (s) =>
                  html`<button type="button" data-shortcut=${s.callbackId} onClick=${use(s.callbackId)}>
                    ${s.label}
                  </button>`,
              )}
            </div>
          </details>`
    }
  </div>`;
}

/** One message. `follows`: the one before is by the same author, just before it. */
export function Message(props: {
  message: MessageView;
  follows?: boolean;
  inThread?: boolean;
}): ComponentChildren {
  const { message: m, follows = false, inThread = false } = props;
  const { snapshot } = current();
  const app = m.user === snapshot?.bot.id;
  const body =
    m.blocks.length > 0
      ? html`<${Blocks} blocks=${m.blocks} press=${pressIn(m)} />`
      : html`<div class="text plain">
          <${Mrkdwn} source=${m.text} />${m.edited ? html` <small class="edited">(edited)</small>` : null}
        </div>`;
  return html`<li
    class=${`message${follows ? ' follows' : ''}${m.onlyYou ? ' only-you' : ''}`}
    data-ts=${m.ts}
    id=${inThread ? undefined : `m${m.ts.replace('.', '')}`}
  >
    <div class="gutter">
      ${follows ? html`<time class="quiet">${timeOf(m.ts)}</time>` : html`<${Avatar} id=${m.user} />`}
    </div>
    <div class="content">
      ${m.onlyYou ? html`<p class="only"><${Eye} /> Only visible to you</p>` : null}
      ${
        follows
          ? html`<span class="hidden">${nameOf(m.user)}, ${timeOf(m.ts)}</span>`
          : html`<p class="by">
              <strong>${nameOf(m.user)}</strong>${app ? html`<span class="tag">App</span>` : null}<time
                datetime=${new Date(Number(m.ts) * 1000).toISOString()}
                title=${dayOf(m.ts)}
                >${timeOf(m.ts)}</time
              >
            </p>`
      }
      ${body}
      <${Files} message=${m} />
      ${m.onlyYou ? html`<button type="button" class="dismiss" onClick=${() => void act({ do: 'dismiss', channel: m.channel, ts: m.ts })}>Dismiss message</button>` : null}
      ${m.replies > 0 && !inThread ? html`<${Replies} message=${m} />` : null}
    </div>
    <${Tools} message=${m} inThread=${inThread} />
  </li>`;
}

const Replies = ({ message }: { message: MessageView }): ComponentChildren =>
  html`<button type="button" class="replies" onClick=${() => goTo({ thread: message.ts })}>
    ${message.repliers.slice(0, 4).map((id) => html`<${Avatar} id=${id} size=${22} />`)}
    <span>${message.replies === 1 ? '1 reply' : `${message.replies} replies`}</span>
  </button>`;

const Eye = (): ComponentChildren =>
  html`<svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
    <path
      fill="none"
      stroke="currentColor"
      stroke-width="1.4"
      d="M1 8s2.600-4.500 7-4.500S15 8 15 8s-2.600 4.500-7 4.500S1 8 1 8z"
    />
    <circle cx="8" cy="8" r="2" fill="currentColor" />
  </svg>`;
