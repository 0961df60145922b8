import { cardElement } from './cards.js';

const $ = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};

const token = document.querySelector('meta[name=sandbox-token]').content;

let state = { people: [], conversations: [], bot: '', shortcuts: [], starters: [] };
let person = '';
let place = '';
let thread;
/** Cards that only the presser sees changed, until the message itself changes. */
const own = new Map();
/** How many messages were seen, by person and conversation. */
const seen = new Map();

async function ask(path, body) {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox-token': token },
    body: JSON.stringify(body),
  };
  const response = await fetch(`api/${path}`, init);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

const notice = (text) => {
  $('notice').textContent = text;
};

async function tried(work) {
  try {
    return await work();
  } catch (error) {
    notice(`That did not work: ${error.message}`);
    return undefined;
  }
}

const invoke = (message, name, value) => ask('invoke', { person, conversation: place, message, name, value });

/** What a search field of a card or dialog offers: Teams shows fifteen. */
const searchIn = (message) => async (dataset, queryText) => {
  const asked = { kind: 'search', queryText, queryOptions: { skip: 0, top: 15 }, dataset };
  const answer = await tried(() => invoke(message?.id, 'application/search', asked));
  return answer?.body?.value?.results ?? [];
};

const ownKey = (message) => `${person} ${message.conversation} ${message.id} ${message.edits}`;

/** Teams shows the answer to a press in place of the card, or as a sentence. */
async function press(message, action) {
  notice('…');
  const { body } =
    (await tried(() => invoke(message.id, 'adaptiveCard/action', { action, trigger: 'manual' }))) ?? {};
  if (body?.type === 'application/vnd.microsoft.card.adaptive') {
    own.set(ownKey(message), body.value);
    notice('');
    draw();
  } else {
    notice(body?.value?.message ?? body?.value ?? '');
  }
}

/** `send` hands a dialog's answers over: a form of a card and one of a message's action go different ways. */
function showTask(answer, send, message) {
  const task = answer?.body?.task;
  if (task?.type !== 'continue') {
    $('dialog').close();
    notice(task?.value ?? '');
    return;
  }
  $('dialog-title').textContent = task.value.title;
  $('dialog-body').replaceChildren(
    cardElement(
      task.value.card.content,
      state.people,
      (kind, data) => {
        if (kind === 'submit') void tried(async () => showTask(await send(data), send, message));
      },
      searchIn(message),
    ),
  );
  if (!$('dialog').open) $('dialog').showModal();
  $('dialog-body').querySelector('input, textarea, select')?.focus();
}

const openTask = (message, data) =>
  tried(async () =>
    showTask(
      await invoke(message.id, 'task/fetch', { data, context: { theme: 'default' } }),
      (answers) => invoke(message.id, 'task/submit', { data: answers }),
      message,
    ),
  );

/** An action in the menu of a message, or, without one, beside what is being written. */
const openAction = (message, commandId) =>
  tried(async () =>
    showTask(
      await invoke(message?.id, 'composeExtension/fetchTask', { commandId }),
      (data) => invoke(message?.id, 'composeExtension/submitAction', { commandId, data }),
      message,
    ),
  );

/** A menu of actions. It closes when one was chosen, on Escape, and when the focus goes elsewhere. */
function menuOf(label, sign, actions, choose) {
  const summary = make('summary', { ariaLabel: label, title: label }, sign);
  const menu = make('details', { className: 'menu' }, summary);
  const list = make('div');
  for (const { id, label: text } of actions) {
    const button = make('button', { type: 'button', textContent: text });
    button.dataset.action = id;
    button.addEventListener('click', () => {
      menu.open = false;
      choose(id);
    });
    list.append(button);
  }
  menu.append(list);
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    summary.focus();
  });
  menu.addEventListener('focusout', (event) => {
    if (!menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;
}

function contentOf(message) {
  const card = own.get(ownKey(message)) ?? message.card;
  if (card === undefined) return make('div', { className: 'text', textContent: message.text });
  const onAction = (kind, action) => {
    if (kind === 'execute') void press(message, action);
    else if (action?.msteams?.type === 'task/fetch') void openTask(message, action);
  };
  return cardElement(card, state.people, onAction, searchIn(message));
}

function messageElement(message, conversation) {
  const reply = message.thread !== undefined;
  const header = make('header', {}, message.author);
  if (message.only !== undefined)
    header.append(make('small', { className: 'only', textContent: 'Only you can see this message' }));
  const shown = make('article', { className: 'message', id: `m${message.id}` }, header, contentOf(message));
  shown.classList.toggle('mine', message.mine);
  shown.classList.toggle('targeted', message.only !== undefined);
  shown.classList.toggle('reply', reply);
  if (message.only === undefined) {
    const footer = make('footer');
    if (conversation.kind === 'channel' && !reply) {
      const answer = make('button', { type: 'button', textContent: 'Reply' });
      answer.addEventListener('click', () => replyTo(message.id));
      footer.append(answer);
    }
    footer.append(menuOf('More actions', '⋯', state.shortcuts, (id) => void openAction(message, id)));
    shown.append(footer);
  }
  return shown;
}

function replyTo(id) {
  thread = id;
  $('replying').hidden = id === undefined;
  $('text').focus();
}

/** Replies stand below the first message of their thread. */
const inOrder = (messages) =>
  messages
    .filter((m) => m.thread === undefined)
    .flatMap((root) => [root, ...messages.filter((m) => m.thread === root.id)]);

const seenKey = (conversation) => `${person} ${conversation.id}`;

const nameOf = ({ kind, name }) => (kind === 'channel' ? `# ${name}` : name);

function drawList() {
  $('conversations').replaceChildren(
    ...state.conversations.map((conversation) => {
      const name = nameOf(conversation);
      const button = make('button', { type: 'button', textContent: name });
      const unread = conversation.messages.length - (seen.get(seenKey(conversation)) ?? 0);
      button.setAttribute('aria-current', String(conversation.id === place));
      if (unread > 0 && conversation.id !== place) {
        button.classList.add('unread');
        button.dataset.unread = String(unread);
        button.setAttribute('aria-label', `${name}, ${unread} unread`);
      }
      button.addEventListener('click', () => go(conversation.id));
      return make('li', {}, button);
    }),
  );
}

/** Elements by what they show: what did not change stays as it is, with what is being typed into it. */
const drawn = new Map();

function drawMessages(conversation) {
  const log = $('messages');
  const elements = inOrder(conversation.messages).map((message) => {
    const key = `${ownKey(message)} ${own.has(ownKey(message))}`;
    if (own.get(ownKey(message)) !== drawn.get(key)?.card) drawn.delete(key);
    const known = drawn.get(key) ?? {
      card: own.get(ownKey(message)),
      element: messageElement(message, conversation),
    };
    drawn.set(key, known);
    return known.element;
  });
  const kept = [...log.children].every((element, i) => element === elements[i]);
  if (kept) log.append(...elements.slice(log.children.length));
  else log.replaceChildren(...elements);
  log.scrollTop = log.scrollHeight;
}

function draw() {
  const conversation = state.conversations.find((c) => c.id === place) ?? state.conversations[0];
  if (conversation === undefined) return;
  place = conversation.id;
  seen.set(seenKey(conversation), conversation.messages.length);
  const shared = conversation.kind !== 'personal';
  $('place').textContent = nameOf(conversation);
  $('about').hidden = conversation.kind !== 'group';
  $('privately').hidden = !shared;
  $('text').placeholder = shared ? `@${state.bot} help` : 'help';
  $('empty').hidden = conversation.messages.length > 0;
  $('empty-line').textContent = shared ? `@${state.bot} seat list` : 'seat list';
  drawList();
  drawMessages(conversation);
}

function go(id) {
  place = id;
  replyTo(undefined);
  notice('');
  draw();
}

async function load() {
  const next = await tried(() => ask(`state?person=${encodeURIComponent(person)}`));
  if (next === undefined) return;
  state = next;
  if (person === '') {
    person = state.people[0]?.id ?? '';
    $('starters').replaceChildren(
      menuOf('Forms of Coxswain', '+', state.starters, (id) => void openAction(undefined, id)),
    );
    $('person').replaceChildren(
      ...state.people.map((p) => make('option', { value: p.id, textContent: p.name })),
    );
  }
  draw();
}

$('person').addEventListener('change', (event) => {
  person = event.target.value;
  place = state.conversations.find((c) => c.id === place)?.kind === 'personal' ? '' : place;
  replyTo(undefined);
  void load();
});
$('cancel').addEventListener('click', () => replyTo(undefined));
$('dialog-close').addEventListener('click', () => $('dialog').close());
$('compose').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (text === '') return;
  $('text').value = '';
  const targeted = !$('privately').hidden && $('targeted').checked;
  const body = { person, conversation: place, text, targeted, ...(thread === undefined ? {} : { thread }) };
  void tried(async () => {
    notice('…');
    const { heard, status } = await ask('say', body);
    notice(
      heard
        ? status === 200
          ? ''
          : `Coxswain answered ${status}.`
        : `Only messages with @${state.bot} reach Coxswain here.`,
    );
  });
});

/** Follows the address of a message: `#<conversation>/<message>`. */
async function follow() {
  const [conversation, message] = location.hash.slice(1).split('/').map(decodeURIComponent);
  if (!message) return;
  history.replaceState(null, '', location.pathname);
  await load();
  go(conversation);
  $(`m${message}`)?.scrollIntoView({ block: 'center' });
}
addEventListener('hashchange', () => void follow());
void follow();

let pending = false;
function refresh() {
  if (pending || $('dialog').open) return;
  pending = true;
  requestAnimationFrame(() => {
    pending = false;
    void load();
  });
}
const changes = new EventSource('api/changes');
// Also after the connection was lost: what happened meanwhile was not told.
changes.addEventListener('open', refresh);
changes.addEventListener('message', refresh);
$('dialog').addEventListener('close', () => void load());
