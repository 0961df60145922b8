import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { DAY, frozenClock } from '../../src/clock.ts';
import { createSandbox, type Sandbox, type SandboxHost } from '../../sandbox/index.ts';
import { setup, type StandIn, startStandIn } from './standin.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const section = (text: string) => ({ type: 'section' as const, text: mrkdwn(text) });
const button = (text: string, action_id: string, more: object = {}) => ({
  type: 'button' as const,
  text: plain(text),
  action_id,
  value: '1',
  ...more,
});
const raw = (text: string) => ({ type: 'raw_text' as const, text });
const bold = (text: string) => ({
  type: 'rich_text' as const,
  elements: [
    {
      type: 'rich_text_section' as const,
      elements: [{ type: 'text' as const, text, style: { bold: true } }],
    },
  ],
});
const options = (...labels: string[]) =>
  labels.map((l) => ({ text: plain(l), value: l.toLowerCase().split(' ')[0] ?? l }));
const input = (block_id: string, label: string, element: object, more: object = {}) => ({
  type: 'input' as const,
  block_id,
  label: plain(label),
  element: { action_id: 'v', ...element },
  ...more,
});

/** A one-pixel picture is a picture. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function upload(client: WebClient, bytes: Buffer = PNG): Promise<string> {
  const done = await client.filesUploadV2({
    file: bytes,
    filename: 'scorecard.png',
    title: 'Thirteen weeks',
  });
  const [first] = done.files as { files: { id: string }[] }[];
  return first?.files[0]?.id ?? '';
}

/** A weekly scorecard with everything in it that the page has to draw. */
const digest = (picture: string, at: number) => [
  { type: 'header' as const, text: plain('Week 47: one number is red') },
  section(
    '*Claims triage* needs <@U0BEN>: acceptance rate fell to *71 %* (target 85 %). <#C0GOV> decides on gate 2.',
  ),
  {
    type: 'section' as const,
    fields: [mrkdwn('*Readiness*\n🔶 yellow, 68 %'), mrkdwn('*Open issues*\n1, oldest 2 days')],
    accessory: { type: 'overflow' as const, action_id: 'more', options: options('Preview', 'Now') },
  },
  {
    type: 'table' as const,
    column_settings: [{ align: 'left' as const }, { align: 'right' as const }, { align: 'right' as const }],
    rows: [
      [bold('Metric'), bold('Week 47'), bold('Target'), bold('Status')],
      [raw('Acceptance rate'), raw('71 %'), raw('85 %'), raw('🟥 red')],
      [raw('Cycle time'), raw('2.6 days'), raw('3 days'), raw('🟢 green')],
      [raw('Token cost'), raw('€ 412'), raw('€ 400'), raw('🔶 yellow')],
      [raw('Satisfaction'), raw('–'), raw('4.2'), raw('▫️ missing')],
    ],
  },
  ...(picture === ''
    ? []
    : [
        {
          type: 'image' as const,
          slack_file: { id: picture },
          alt_text: 'Acceptance rate over 13 weeks',
          title: plain('Thirteen weeks'),
        },
      ]),
  { type: 'divider' as const },
  {
    type: 'context' as const,
    elements: [
      mrkdwn(
        `Missing: *Satisfaction* by <@U0DEV> · posted <!date^${Math.floor(at / 1000)}^{date_num} {time}|now>`,
      ),
    ],
  },
  {
    type: 'actions' as const,
    elements: [button('Log a number', 'log', { style: 'primary' }), button('Show the seat', 'show')],
  },
];

const issue = (state = '*open*, waiting for <@U0BEN>') => [
  { type: 'header' as const, text: plain('CLAIMS-1: acceptance rate is red') },
  section(`Severity 2 · ${state}\nSeen: *71 %* against a target of 85 %.`),
  {
    type: 'actions' as const,
    elements: [
      button('Acknowledge', 'ack', { style: 'primary' }),
      button('Stop ship', 'stop', {
        style: 'danger',
        confirm: {
          title: plain('Stop the seat?'),
          text: plain('It stops at once.'),
          confirm: plain('Stop it'),
          deny: plain('Cancel'),
          style: 'danger',
        },
      }),
    ],
  },
];

const everyField = {
  type: 'modal' as const,
  callback_id: 'log',
  title: plain('Log a number'),
  submit: plain('Log'),
  close: plain('Cancel'),
  blocks: [
    section('For *Claims triage*, week 47.'),
    input(
      'value',
      'Acceptance rate',
      { type: 'plain_text_input', placeholder: plain('85') },
      { hint: plain('In percent, from 0 to 100.') },
    ),
    input('note', 'Note', { type: 'plain_text_input', multiline: true }, { optional: true }),
    input('period', 'Week', { type: 'datepicker', initial_date: '2026-11-23' }),
    input('time', 'Seen at', { type: 'timepicker' }, { optional: true }),
    input(
      'status',
      'Status',
      { type: 'static_select', options: options('Green', 'Yellow', 'Red') },
      { optional: true },
    ),
    input('who', 'Reported by', { type: 'users_select', initial_user: 'U0BEN' }, { optional: true }),
    input('where', 'Channel', { type: 'conversations_select' }, { optional: true }),
    input(
      'tags',
      'Touches',
      { type: 'multi_static_select', options: options('Quality', 'Cost', 'Speed') },
      { optional: true },
    ),
    input(
      'drill',
      'Drill',
      { type: 'checkboxes', options: options('Yes, this is a drill') },
      { optional: true },
    ),
    input(
      'sure',
      'How sure',
      { type: 'radio_buttons', options: options('Measured', 'Estimated') },
      { optional: true },
    ),
  ],
};

function register(app: App): void {
  app.command('/pilot', async ({ command, ack, respond, client }) => {
    await ack();
    const { text, channel_id: channel, trigger_id, user_id: user } = command;
    if (text === 'digest now') {
      const file = await upload(client);
      await client.chat.postMessage({
        channel,
        text: 'Week 47',
        blocks: digest(file, Date.UTC(2026, 10, 23, 8)),
      });
    } else if (text.startsWith('issue')) {
      const { ts = '' } = await client.chat.postMessage({ channel, text: 'CLAIMS-1', blocks: issue() });
      await client.chat.postMessage({
        channel,
        thread_ts: ts,
        text: 'Evidence: three readings below the tolerance.',
      });
      await client.chat.postMessage({ channel: 'U0BEN', text: 'CLAIMS-1', blocks: issue() });
    } else if (text === 'import') {
      const element = { type: 'file_input', filetypes: ['csv'], max_files: 1 };
      const blocks = [input('numbers', 'Numbers', element)];
      await client.views.open({
        trigger_id,
        view: {
          type: 'modal',
          callback_id: 'import',
          private_metadata: channel,
          title: plain('Bring numbers in'),
          submit: plain('Read'),
          blocks,
        },
      });
    } else if (text === 'log') {
      await client.views.open({ trigger_id, view: everyField });
    } else await respond({ text: `Hello <@${user}>, \`${text}\` is no command. Try \`seat list\`.` });
  });
  app.action('log', async ({ ack, body, client }) => {
    await ack();
    if ('trigger_id' in body) await client.views.open({ trigger_id: body.trigger_id, view: everyField });
  });
  app.action('ack', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || body.message === undefined) return;
    const blocks = issue(`acknowledged by <@${body.user.id}>`).slice(0, 2);
    await client.chat.update({
      channel: body.channel?.id ?? '',
      ts: body.message.ts,
      text: 'CLAIMS-1',
      blocks,
    });
  });
  app.action('stop', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'Claims triage is halted.', response_type: 'in_channel', replace_original: false });
  });
  app.action('more', async ({ ack, respond, action }) => {
    await ack();
    if (action.type === 'overflow') await respond({ text: `Chosen: ${action.selected_option.value}` });
  });
  app.view('log', async ({ ack, view, body, client }) => {
    const value = Number(view.state.values['value']?.['v']?.value ?? '');
    if (!(value <= 100))
      return ack({
        response_action: 'errors',
        errors: { value: 'Type a number from 0 to 100, such as 85.' },
      });
    await ack();
    return void (await client.chat.postMessage({
      channel: body.user.id,
      text: `Logged *${value} %* for this week.`,
    }));
  });
  app.view('import', async ({ ack, view, client }) => {
    await ack();
    const [chosen] = view.state.values['numbers']?.['v']?.files ?? [];
    const { file } = await client.files.info({ file: chosen?.id ?? '' });
    const headers = { authorization: `Bearer ${client.token}` };
    const answer = await fetch(file?.url_private ?? '', { headers });
    await client.chat.postMessage({
      channel: view.private_metadata,
      text: `${file?.name} holds ${await answer.text()}`,
    });
  });
  app.shortcut('raise_issue', async ({ ack, shortcut, client }) => {
    await ack();
    const view = { ...everyField, title: plain('Raise an issue'), submit: plain('Raise') };
    await client.views.open({ trigger_id: shortcut.trigger_id, view });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const blocks = [
      { type: 'header' as const, text: plain('What waits for you') },
      section('*CLAIMS-1* waits for your answer since yesterday.'),
      { type: 'actions' as const, elements: [button('Log a number', 'log')] },
    ];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
}

const commands = [
  {
    usage: 'seat show <seat>',
    summary: 'One seat: its owners, numbers and issues',
    examples: ['seat show claims'],
  },
  { usage: 'seat list', summary: 'Every seat and its stage', examples: ['seat list'] },
  {
    usage: 'log <seat> <metric> <value> [note]',
    summary: 'Log one number, or open the form',
    examples: ['log claims acceptance 86'],
  },
  { usage: 'digest now', summary: 'Post the weekly scorecard here', examples: ['digest now'] },
  {
    usage: 'issue new <seat> <what happened>',
    summary: 'Raise an issue',
    examples: ['issue new claims "Wrong totals"'],
  },
];

export interface PageBot extends StandIn {
  readonly sandbox: Sandbox;
  readonly resets: number[];
}

/** The sandbox with its page and a stand-in for the bot, on business time that stands still until it is moved. */
export async function startPageBot(): Promise<PageBot> {
  let clock = frozenClock(Date.UTC(2026, 10, 23, 8, 5));
  const resets: number[] = [];
  const host: SandboxHost = {
    now: () => clock.now(),
    zone: 'Europe/Berlin',
    commands: () => commands,
    play: (to) => host.advance(to),
    async advance(to) {
      const mondays = Math.floor(to / (7 * DAY)) - Math.floor(clock.now() / (7 * DAY));
      clock.moveTo(to);
      for (let i = 0; i < mondays; i += 1)
        await bot.app.client.chat.postMessage({
          token: setup.botToken,
          channel: 'C0GOV',
          text: 'Another week has gone by.',
        });
    },
    reset: async () => {
      clock = frozenClock(Date.UTC(2026, 10, 23, 8, 5));
      resets.push(clock.now());
    },
  };
  const holder: { sandbox?: Sandbox } = {};
  const bot: StandIn = await startStandIn(register, {}, (workspace) => {
    const sandbox = createSandbox({ workspace, host });
    holder.sandbox = sandbox;
    return sandbox;
  });
  if (holder.sandbox === undefined) throw new Error('The stand-in did not make a sandbox.');
  const { sandbox } = holder;
  return {
    ...bot,
    sandbox,
    resets,
    stop: async () => {
      await sandbox.stop();
      await bot.stop();
    },
  };
}
