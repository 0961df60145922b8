import type { BlockAction, ViewOutput } from '@slack/bolt';
import { MINUTE, SECOND } from '../../clock.ts';
import { createMemory } from '../memory.ts';
import { LATE } from '../race.ts';
import type { Connection } from './connection.ts';
import { fromAction } from './envelope.ts';
import { FORM_CALLBACK, readMetadata } from './form.ts';

import { rawValues } from './inputs.ts';

/** Keeps what long forms hold while they are being filled in. */
export interface Drafts {
  /** Something was chosen in a form: what it holds now is kept, at most once a second, the newest state. */
  chosen(body: BlockAction): void;
  /** The form is being sent: nothing older may be kept after it. Resolves when nothing is on its way any more. */
  sent(view: ViewOutput): Promise<void>;
  /** It came back with errors, so it goes on being filled in. */
  reopened(view: ViewOutput): void;
}

interface Writing {
  next: BlockAction | undefined;
  readonly done: Promise<void>;
  /** Ends the wait for the next write. */
  readonly hurry: AbortController;
}

const EVERY_MS = SECOND;
const REMEMBERED = { most: 2000, forMs: 10 * MINUTE };

const stateOf = ({ id, hash }: ViewOutput): string => `${id} ${hash}`;

export function createDrafts(c: Connection): Drafts {
  const memory = { wall: c.wall, forMs: REMEMBERED.forMs };
  const writing = new Map<string, Writing>();
  const written = createMemory<string, number>(REMEMBERED.most, memory);
  /** Views by id and hash that were sent: what was chosen in them before may arrive after. */
  const closed = createMemory<string, true>(REMEMBERED.most, memory);

  async function keep(body: BlockAction): Promise<void> {
    const metadata = readMetadata(body.view?.private_metadata ?? '');
    if (metadata === undefined || body.view === undefined) return;
    const raw = rawValues(body.view.state.values);
    await c.inbound.keep(fromAction(body, metadata), metadata.form, metadata.args, raw);
  }

  async function write(id: string, own: Writing): Promise<void> {
    while (own.next !== undefined) {
      const since = written.get(id);
      const wait = since === undefined ? 0 : since + EVERY_MS - c.wall.now();
      if (wait > 0) await c.wall.sleep(Math.min(wait, EVERY_MS), own.hurry.signal);
      const body = own.next;
      if (body === undefined) break;
      own.next = undefined;
      written.set(id, c.wall.now());
      await keep(body);
    }
    writing.delete(id);
  }

  return {
    chosen(body) {
      const { view } = body;
      if (view?.callback_id !== FORM_CALLBACK || closed.get(stateOf(view)) === true) return;
      const running = writing.get(view.id);
      if (running !== undefined) {
        running.next = body;
        return;
      }
      const { promise: done, resolve } = Promise.withResolvers<void>();
      const own: Writing = { next: body, done, hurry: new AbortController() };
      writing.set(view.id, own);
      c.later('a draft', () => write(view.id, own).finally(resolve));
    },
    async sent(view) {
      closed.set(stateOf(view), true);
      const own = writing.get(view.id);
      if (own === undefined) return;
      own.next = undefined;
      own.hurry.abort(LATE);
      await own.done;
    },
    reopened: (view) => closed.delete(stateOf(view)),
  };
}
