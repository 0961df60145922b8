import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import type { Snapshot } from './model.ts';
import { moveClock } from './store.ts';
import { zoneOfMe } from './words.ts';

const HOUR = 3_600_000;

/** Business time, and the buttons that move it. */
export function ClockBar({ snapshot }: { snapshot: Snapshot }): ComponentChildren {
  const { clock } = snapshot;
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: clock.zone, ...options }).format(clock.now);
  const city = clock.zone.split('/').at(-1)?.replaceAll('_', ' ') ?? clock.zone;
  const hour = part({ hour: '2-digit', minute: '2-digit' });
  const mine = new Intl.DateTimeFormat('en-GB', {
    timeZone: zoneOfMe(),
    hour: '2-digit',
    minute: '2-digit',
  }).format(clock.now);
  const playing = clock.playing !== undefined;
  const button = (label: string, command: object, name: string) =>
    html`<button
      type="button"
      data-clock=${name}
      aria-disabled=${clock.moving}
      onClick=${() => (clock.moving ? undefined : void moveClock(command))}
    >
      ${label}
    </button>`;
  return html`<header class="clockbar" aria-label="Clock of the sandbox">
    <div class="now">
      <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
        <circle cx="8" cy="8" r="6.500" fill="none" stroke="currentColor" stroke-width="1.500" />
        <path
          d="M8 4.500V8l2.500 1.500"
          fill="none"
          stroke="currentColor"
          stroke-width="1.500"
          stroke-linecap="round"
        />
      </svg>
      <time datetime=${new Date(clock.now).toISOString()}
        ><strong>${part({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })}</strong>
        ${hour}</time
      >
      <span class="zone">${city}${mine === hour ? null : ` · ${mine} for you`}</span>
    </div>
    <div class="moves" role="group" aria-label="Move the clock">
      ${clock.behind ? button('Now', { to: 'now' }, 'now') : null} ${button('+1 h', { by: HOUR }, 'hour')}
      ${button('Next Monday 09:00', { to: 'next_monday' }, 'monday')}
      ${button('+1 week', { by: 168 * HOUR }, 'week')}
      ${
        playing
          ? html`<button
              type="button"
              class="stop"
              data-clock="stop"
              onClick=${() => void moveClock({ stop: true })}
            >
              ■ Stop
            </button>`
          : html`<button
              type="button"
              class="play"
              data-clock="play"
              aria-disabled=${clock.moving}
              title="A quarter of a year in 60 seconds"
              onClick=${() => (clock.moving ? undefined : void moveClock({ play: true }))}
            >
              ▶ Play a quarter
            </button>`
      }
    </div>
    ${clock.problem === '' ? null : html`<p class="trouble" role="alert">${clock.problem}</p>`}
    ${
      clock.moving
        ? html`<progress
            class="journey"
            max="1"
            value=${clock.playing}
            aria-label=${playing ? 'Playing a quarter' : 'Moving the clock'}
          ></progress>`
        : null
    }
  </header>`;
}
