import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { current } from './store.ts';

/** Initials on a colour of one's own, or the mark of the app. Says nothing to screen readers: the name stands beside it. */
export function Avatar({ id, size = 36 }: { id: string; size?: number }): ComponentChildren {
  const { snapshot } = current();
  const at = snapshot?.people.findIndex((p) => p.id === id) ?? -1;
  const box = { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.38)}px` };
  if (id === snapshot?.bot.id)
    return html`<img class="avatar" src="/sandbox/page/icon.svg" alt="" style=${box} />`;
  const name = snapshot?.people[at]?.name ?? 'S';
  const initials = name
    .split(' ')
    .slice(0, 2)
    .map((w) => w[0] ?? '')
    .join('');
  return html`<span class=${`avatar tone-${at < 0 ? 'bot' : at % 6}`} style=${box} aria-hidden="true"
    >${initials}</span
  >`;
}

export function nameOf(id: string): string {
  const { snapshot } = current();
  if (id === snapshot?.bot.id) return snapshot.bot.name;
  return snapshot?.people.find((p) => p.id === id)?.name ?? 'Slackbot';
}
