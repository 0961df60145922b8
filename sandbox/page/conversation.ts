import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { list } from './shared/json.ts';
import { Blocks } from './blocks.ts';
import { Composer } from './composer.ts';
import { dayOf, Message } from './message.ts';
import type { ConversationView, MessageView, Snapshot } from './model.ts';
import { act, current, goTo, openDrawer, typedIn } from './store.ts';

const CLOSE_MS = 5 * 60_000;

const follows = (before: MessageView | undefined, m: MessageView): boolean =>
  before !== undefined &&
  before.user === m.user &&
  before.onlyYou === m.onlyYou &&
  !m.onlyYou &&
  m.blocks.length === 0 &&
  Number(m.ts) - Number(before.ts) < CLOSE_MS / 1000 &&
  dayOf(before.ts) === dayOf(m.ts);

/** Messages with a line between days. */
export function messageItems(messages: readonly MessageView[], inThread = false): ComponentChildren {
  return messages.map((m, i) => {
    const before = messages[i - 1];
    const newDay = before === undefined || dayOf(before.ts) !== dayOf(m.ts);
    const day =
      newDay && !inThread
        ? html`<li class="day" key=${`day ${m.ts}`}><span>${dayOf(m.ts)}</span></li>`
        : null;
    return [
      day,
      html`<${Message} key=${m.ts} message=${m} follows=${follows(before, m)} inThread=${inThread} />`,
    ];
  });
}

/** Stays at the end while somebody is at the end, and goes there when another conversation is opened. */
export function useTail(place: string, size: number): { current: HTMLDivElement | null } {
  const box = useRef<HTMLDivElement | null>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const el = box.current;
    const look = () => {
      if (el !== null) atEnd.current = el.scrollHeight - el.scrollTop - el.clientHeight < 90;
    };
    el?.addEventListener('scroll', look, { passive: true });
    return () => el?.removeEventListener('scroll', look);
  }, [place]);
  useLayoutEffect(() => {
    atEnd.current = true;
  }, [place]);
  useLayoutEffect(() => {
    const el = box.current;
    if (el !== null && atEnd.current) el.scrollTop = el.scrollHeight;
  }, [place, size]);
  useEffect(() => {
    const el = box.current;
    // Pictures arrive later and make the list longer.
    const grown = () => {
      if (el !== null && atEnd.current) el.scrollTop = el.scrollHeight;
    };
    el?.addEventListener('load', grown, true);
    return () => el?.removeEventListener('load', grown, true);
  }, [place]);
  return box;
}

function Messages({ snapshot, here }: { snapshot: Snapshot; here: ConversationView }): ComponentChildren {
  const revision = snapshot.messages.reduce(
    (sum, m) => sum + m.revision + m.replies,
    snapshot.messages.length,
  );
  const box = useTail(`${snapshot.me} ${here.id}`, revision);
  return html`<div class="scroll" ref=${box} tabindex="0" role="region" aria-label="Messages">
    ${snapshot.messages.length === 0 ? html`<${Empty} snapshot=${snapshot} here=${here} />` : null}
    <ol class="messages">
      ${messageItems(snapshot.messages)}
    </ol>
  </div>`;
}

function Empty({ snapshot, here }: { snapshot: Snapshot; here: ConversationView }): ComponentChildren {
  const type = (line: string) => () =>
    void act({ do: 'enter', channel: here.id, text: `${snapshot.command} ${line}` });
  const examples = snapshot.commands.flatMap((c) => c.examples.slice(0, 1));
  const lines = [...new Set(examples)].slice(0, 4);
  return html`<div class="empty">
    <h2>${here.kind === 'im' ? `Only you and ${here.name}` : `This is the beginning of #${here.name}`}</h2>
    <p>
      Type <kbd>${snapshot.command}</kbd> below to see what ${snapshot.bot.name} can
      do${lines.length > 0 ? ', or try one of these:' : '.'}
    </p>
    <div class="actions">
      ${lines.map((line) => html`<button type="button" class="btn" onClick=${type(line)}>${snapshot.command} ${line}</button>`)}
    </div>
  </div>`;
}

function Home({ snapshot }: { snapshot: Snapshot }): ComponentChildren {
  const { home } = snapshot;
  useEffect(() => {
    void act({ do: 'home' });
  }, [snapshot.me]);
  if (home === undefined)
    return html`<div class="scroll">
      <p class="empty">${snapshot.bot.name} has not put anything here yet.</p>
    </div>`;
  const press = (what: object) =>
    act({ do: 'press_in_view', view: home.id, typed: [...typedIn(home.id)], ...what });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Home">
    <div class="home"><${Blocks} blocks=${list(home.content['blocks'])} press=${press} /></div>
  </div>`;
}

function Tabs({ tab }: { tab: 'messages' | 'home' }): ComponentChildren {
  const one = (name: 'messages' | 'home', label: string) =>
    html`<button
      type="button"
      role="tab"
      aria-selected=${tab === name}
      onClick=${() => goTo({ tab: name, thread: '' })}
    >
      ${label}
    </button>`;
  return html`<div class="tabs" role="tablist">${one('home', 'Home')}${one('messages', 'Messages')}</div>`;
}

/** The middle of the page: a channel, the conversation with the app, or its Home tab. */
export function Conversation({ snapshot }: { snapshot: Snapshot }): ComponentChildren {
  const here = snapshot.conversations.find((c) => c.id === snapshot.at);
  if (here === undefined) return null;
  const tab = here.kind === 'im' ? current().look.tab : 'messages';
  const title = here.kind === 'im' ? here.name : `#${here.name}`;
  return html`<main class="conversation" aria-label=${title}>
    <header class="place">
      <button
        type="button"
        class="menu-button"
        aria-label="Channels and people"
        onClick=${() => openDrawer(true)}
      >
        ☰
      </button>
      <h1>
        ${here.kind === 'im' ? html`<img class="avatar" src="/sandbox/page/icon.svg" alt="" />` : html`<span class="hash">#</span>`}${here.name}
      </h1>
      ${
        here.kind === 'im'
          ? html`<${Tabs} tab=${tab} />`
          : html`<p class="topic">${here.topic}</p>
              <span class="members">${here.members} members</span>`
      }
    </header>
    ${tab === 'home' ? html`<${Home} snapshot=${snapshot} />` : html`<${Messages} snapshot=${snapshot} here=${here} />`}
    ${tab === 'home' ? null : html`<${Composer} key=${`${snapshot.me} ${here.id}`} snapshot=${snapshot} channel=${here.id} label=${`Message ${title}`} />`}
  </main>`;
}
