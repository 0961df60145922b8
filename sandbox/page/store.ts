import { useEffect, useState } from 'preact/hooks';
import type { Value } from './shared/elements.ts';
import type { Obj } from './shared/json.ts';
import type { Snapshot } from './model.ts';
import { unescape } from './mrkdwn.ts';

/** Where somebody is looking. `tab` matters in the conversation with the app only. */
export interface Look {
  readonly as: string;
  readonly at: string;
  readonly tab: 'messages' | 'home';
  readonly thread: string;
}

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly danger: boolean;
  readonly answer: (yes: boolean) => void;
}

interface Shown {
  readonly look: Look;
  readonly snapshot: Snapshot | undefined;
  readonly question: Question | undefined;
  /** Said to screen readers when something new appears. */
  readonly announcement: string;
  /** One sentence at the bottom when something went wrong. */
  readonly problem: string;
  readonly drawer: boolean;
}

const KEY = 'coxswain-sandbox-look';
const EMPTY: Look = { as: '', at: '', tab: 'messages', thread: '' };

function remembered(): Look {
  try {
    return { ...EMPTY, ...(JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Look>) };
  } catch {
    return EMPTY;
  }
}

let shown: Shown = {
  look: remembered(),
  snapshot: undefined,
  question: undefined,
  announcement: '',
  problem: '',
  drawer: false,
};
const watchers = new Set<() => void>();

function show(change: Partial<Shown>): void {
  shown = { ...shown, ...change };
  for (const watch of watchers) watch();
}

export const current = (): Shown => shown;

/** The whole state; components draw from it again after every change. */
export function useShown(): Shown {
  const [, again] = useState(0);
  useEffect(() => {
    const watch = () => again((n) => n + 1);
    watchers.add(watch);
    return () => void watchers.delete(watch);
  }, []);
  return shown;
}

const TOKEN = document.querySelector<HTMLMetaElement>('meta[name=sandbox-token]')?.content ?? '';

/** Posts to the sandbox. Answers with the problem in words, or an empty string. */
async function post(path: string, body: object): Promise<string> {
  try {
    const response = await fetch(`/sandbox/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sandbox-token': TOKEN },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { ok: boolean; problem?: string };
    return answer.ok ? '' : (answer.problem ?? 'That did not work.');
  } catch {
    return 'The sandbox does not answer. Is it still running?';
  }
}

/** Hands a chosen file over, in the name of whoever is looking. Answers with its id, or undefined. */
export async function handOver(file: File): Promise<string | undefined> {
  const query = new URLSearchParams({ as: shown.snapshot?.me ?? '', name: file.name });
  try {
    const response = await fetch(`/sandbox/api/file?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-sandbox-token': TOKEN },
      body: file,
    });
    const answer = (await response.json()) as { id?: string; problem?: string };
    complain(answer.problem ?? '');
    return answer.id;
  } catch {
    complain('The sandbox does not answer. Is it still running?');
    return undefined;
  }
}

/** What a search field offers for what was typed, to whoever is looking. */
export async function offers(asked: object): Promise<readonly Obj[]> {
  try {
    const response = await fetch('/sandbox/api/suggest', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sandbox-token': TOKEN },
      body: JSON.stringify({ as: shown.snapshot?.me ?? '', ...asked }),
    });
    const answer = (await response.json()) as { options?: readonly Obj[]; problem?: string };
    if (answer.problem !== undefined) complain(answer.problem);
    return answer.options ?? [];
  } catch {
    complain('The sandbox does not answer. Is it still running?');
    return [];
  }
}

const WORDS: Readonly<Record<string, string>> = {
  operation_timeout: 'Coxswain did not answer within three seconds.',
  dispatch_failed: 'Coxswain could not be reached.',
};
const words = (problem: string): string =>
  WORDS[problem] ?? problem.replace(/^http_status_(\d+)$/, 'Coxswain answered with an error ($1).');

let problemTimer: ReturnType<typeof setTimeout> | undefined;
function complain(problem: string): void {
  clearTimeout(problemTimer);
  show({ problem: words(problem) });
  if (problem !== '') problemTimer = setTimeout(() => show({ problem: '' }), 8000);
}

/** Does something in the name of whoever is looking, and draws what came of it. */
export async function act(what: object): Promise<boolean> {
  const problem = await post('act', { as: shown.snapshot?.me ?? '', ...what });
  complain(problem);
  await refresh();
  return problem === '';
}

export async function moveClock(command: object): Promise<void> {
  complain(await post('clock', command));
  await refresh();
}

export async function reset(): Promise<void> {
  complain(await post('reset', {}));
  typedValues.clear();
  goTo({ thread: '' });
}

/** What has been typed into forms, by view; kept until the form closes. */
const typedValues = new Map<string, Map<string, Value>>();
export function typedIn(view: string): Map<string, Value> {
  const values = typedValues.get(view) ?? new Map<string, Value>();
  typedValues.set(view, values);
  return values;
}

export function goTo(look: Partial<Look>): void {
  const next = { ...shown.look, ...look };
  sessionStorage.setItem(KEY, JSON.stringify(next));
  show({ look: next, drawer: false });
  void refresh();
}

export const openDrawer = (drawer: boolean): void => show({ drawer });

/** Asks before something that cannot be taken back. */
export function ask(question: Omit<Question, 'answer'>): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      show({ question: undefined });
      resolve(yes);
    };
    show({ question: { ...question, answer } });
  });
}

let running: Promise<void> | undefined;
let again = false;

/** Draws the present state. Calls that come while one is under way are served by one more afterwards. */
export function refresh(): Promise<void> {
  if (running !== undefined) {
    again = true;
    return running;
  }
  running = (async () => {
    do {
      again = false;
      await load();
    } while (again);
  })().finally(() => (running = undefined));
  return running;
}

async function load(): Promise<void> {
  const { look } = shown;
  const query = new URLSearchParams({ as: look.as, at: look.at, thread: look.thread });
  try {
    const response = await fetch(`/sandbox/api/state?${query}`);
    const snapshot = (await response.json()) as Snapshot;
    // Somebody looked elsewhere meanwhile: what came back is about the wrong place.
    if (shown.look !== look) return void (again = true);
    show({ snapshot, announcement: newsOf(shown.snapshot, snapshot) });
    readWhatIsShown(snapshot);
  } catch {
    complain('The sandbox does not answer. Is it still running?');
  }
}

function newsOf(before: Snapshot | undefined, after: Snapshot): string {
  if (before?.at !== after.at || before.me !== after.me) return shown.announcement;
  const last = before.messages.at(-1)?.ts ?? '0';
  const fresh = after.messages.filter((m) => Number(m.ts) > Number(last) && m.user !== after.me);
  const who = (id: string) => after.people.find((p) => p.id === id)?.name ?? after.bot.name;
  const news = fresh.map(
    (m) => `${who(m.user)}: ${unescape(m.text.replaceAll(/<[^>|]*\|?([^>]*)>/g, '$1')).slice(0, 200)}`,
  );
  return news.length === 0 ? shown.announcement : news.join('. ');
}

function readWhatIsShown({ conversations, at, me }: Snapshot): void {
  const here = conversations.find((c) => c.id === at);
  const visible =
    document.visibilityState === 'visible' && (here?.kind !== 'im' || shown.look.tab === 'messages');
  if (here !== undefined && here.unread > 0 && visible)
    void post('act', { as: me, do: 'read', channel: here.id });
}

/** Draws again when the server says that something changed, at most eight times a second. */
export function connect(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void refresh();
    }, 120);
  };
  const source = new EventSource('/sandbox/api/live');
  source.addEventListener('message', soon);
  source.addEventListener('open', soon);
  document.addEventListener('visibilitychange', soon);
  // The clock runs on without any event.
  setInterval(soon, 10_000);
}
