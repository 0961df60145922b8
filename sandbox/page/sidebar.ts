import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { Avatar } from './avatar.ts';
import type { ConversationView, Snapshot } from './model.ts';
import { ask, current, goTo, openDrawer, reset } from './store.ts';

const Badge = ({ count, label }: { count: number; label: string }): ComponentChildren =>
  count === 0
    ? null
    : html`<span class="badge" aria-label=${`${count} ${label}`}>${count > 99 ? '99+' : count}</span>`;

function Row({
  to,
  here,
  children,
}: {
  to: ConversationView;
  here: boolean;
  children?: ComponentChildren;
}): ComponentChildren {
  return html`<li>
    <button
      type="button"
      class=${to.unread > 0 ? 'row unread' : 'row'}
      aria-current=${here ? 'page' : undefined}
      onClick=${() => goTo({ at: to.id, tab: 'messages', thread: '' })}
    >
      ${children}<span class="name">${to.name}</span><${Badge} count=${to.unread} label="unread" />
    </button>
  </li>`;
}

function People({ snapshot }: { snapshot: Snapshot }): ComponentChildren {
  const be = (id: string) => () => goTo({ as: id, thread: '' });
  return html`<section aria-labelledby="people-title">
    <h2 id="people-title">You are</h2>
    <ul class="people">
      ${snapshot.people.map(
        (p) =>
          html`<li key=${p.id}>
            <button
              type="button"
              class="row person"
              aria-pressed=${p.id === snapshot.me}
              data-handle=${p.handle}
              onClick=${be(p.id)}
            >
              <${Avatar} id=${p.id} size=${28} />
              <span class="name">${p.name}<small>${p.title}</small></span>
              <${Badge} count=${p.id === snapshot.me ? 0 : p.unread} label="unread direct messages" />
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
}

async function resetExample(): Promise<void> {
  const yes = await ask({
    title: 'Reset the example?',
    text: 'Everything that was said and done in this workspace goes, and the example company starts again.',
    yes: 'Reset',
    no: 'Keep it',
    danger: true,
  });
  if (yes) await reset();
}

/** Channels, the app, and who is looking. */
export function Sidebar({ snapshot }: { snapshot: Snapshot }): ComponentChildren {
  const { drawer, look } = current();
  const channels = snapshot.conversations.filter((c) => c.kind === 'channel');
  const app = snapshot.conversations.find((c) => c.kind === 'im');
  const here = (c: ConversationView) => c.id === snapshot.at;
  const closeDrawer = (e: KeyboardEvent) => {
    if (e.key === 'Escape' && drawer) openDrawer(false);
  };
  return html`<nav
    class=${drawer ? 'sidebar open' : 'sidebar'}
    aria-label="Workspace"
    onKeyDown=${closeDrawer}
  >
    <header class="team">
      <strong>${snapshot.team}</strong><span class="chip">Sandbox</span>
      <button type="button" class="close" aria-label="Close menu" onClick=${() => openDrawer(false)}>
        ✕
      </button>
    </header>
    <section aria-labelledby="channels-title">
      <h2 id="channels-title">Channels</h2>
      <ul>
        ${channels.map((c) => html`<${Row} key=${c.id} to=${c} here=${here(c)}><span class="hash">#</span><//>`)}
      </ul>
    </section>
    ${
      app === undefined
        ? null
        : html`<section aria-labelledby="apps-title">
            <h2 id="apps-title">Apps</h2>
            <ul>
              <${Row} to=${app} here=${here(app) && look.tab === 'messages'}
                ><img class="avatar" src="/sandbox/page/icon.svg" alt=""
              /><//>
              <li>
                <button
                  type="button"
                  class="row sub"
                  aria-current=${here(app) && look.tab === 'home' ? 'page' : undefined}
                  onClick=${() => goTo({ at: app.id, tab: 'home', thread: '' })}
                >
                  <span class="name">Home</span>
                </button>
              </li>
            </ul>
          </section>`
    }
    <${People} snapshot=${snapshot} />
    <footer>
      <a href="/sandbox/teams">See it in Teams</a>
      <button type="button" onClick=${() => void resetExample()}>Reset example</button>
    </footer>
  </nav>`;
}
