import { describe, expect, it } from 'vitest';
import { check } from '../../sandbox/slack/check.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object) => ({ type: 'input', block_id: 'b', label: plain('L'), element });
const modal = (blocks: object[], more: object = {}) => ({
  type: 'modal',
  title: plain('T'),
  submit: plain('S'),
  blocks,
  ...more,
});
const table = (rows: number, columns: number) => ({
  type: 'table',
  rows: Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ type: 'raw_text', text: 'x' })),
  ),
});
const option = (value: string) => ({ text: plain(value), value });

/** Each of these is refused, for the reason given. */
const refused: [string, Parameters<typeof check>, RegExp][] = [
  ['nothing at all', ['message', {}], /no_text/],
  ['51 blocks', ['message', Array.from({ length: 51 }, () => ({ type: 'divider' }))], /at most 50/],
  [
    '101 blocks on a modal',
    ['modal', modal(Array.from({ length: 101 }, () => ({ type: 'divider' })))],
    /at most 100/,
  ],
  ['an unknown block', ['message', [{ type: 'carousel2' }]], /unsupported type/],
  [
    'a property that does not belong',
    ['message', [{ type: 'divider', colour: 'red' }]],
    /invalid additional property: colour/,
  ],
  [
    'a header in mrkdwn',
    ['message', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }]],
    /unsupported type: mrkdwn/,
  ],
  ['a long header', ['message', [{ type: 'header', text: plain('x'.repeat(151)) }]], /at most 150/],
  ['an empty text', ['message', [section('')]], /more than 0/],
  ['a blank text', ['message', [section('  ')]], /wrong form/],
  ['half a character', ['message', [section('\uD800')]], /well-formed/],
  ['a long section', ['message', [section('x'.repeat(3001))]], /at most 3000/],
  ['an empty section', ['message', [{ type: 'section' }]], /text or fields/],
  [
    'eleven fields',
    ['message', [{ type: 'section', fields: Array.from({ length: 11 }, () => plain('x')) }]],
    /no more than 10/,
  ],
  [
    '26 buttons',
    ['message', [actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `a${i}` })))]],
    /no more than 25/,
  ],
  ['two buttons of one id', ['message', [actions(button(), button())]], /action_id "a" already exists/],
  [
    'two blocks of one id',
    [
      'message',
      [
        { type: 'divider', block_id: 'd' },
        { type: 'divider', block_id: 'd' },
      ],
    ],
    /block_id "d"/,
  ],
  [
    'a button without text',
    ['message', [actions({ type: 'button', action_id: 'a' })]],
    /missing required field: text/,
  ],
  ['a long button value', ['message', [actions(button({ value: 'x'.repeat(2001) }))]], /at most 2000/],
  ['a script for a link', ['message', [actions(button({ url: 'javascript:alert(1)' }))]], /wrong form/],
  ['two tables', ['message', [table(1, 1), table(1, 1)]], /only_one_table/],
  ['101 rows', ['message', [table(101, 1)]], /no more than 100/],
  ['21 columns', ['message', [table(1, 21)]], /no more than 20/],
  ['a table on a modal', ['modal', modal([table(1, 1)])], /not for a modal/],
  [
    'too much text altogether',
    ['message', Array.from({ length: 5 }, () => section('x'.repeat(2900)))],
    /msg_blocks_too_long/,
  ],
  ['an image from nowhere', ['message', [{ type: 'image', alt_text: 'x' }]], /image_url or slack_file/],
  [
    'an image without words',
    ['message', [{ type: 'image', image_url: 'https://x.example/a.png' }]],
    /alt_text/,
  ],
  ['a long title', ['modal', modal([section('x')], { title: plain('x'.repeat(25)) })], /at most 24/],
  [
    'questions without a submit',
    ['modal', modal([input({ type: 'plain_text_input' })], { submit: undefined })],
    /need a submit/,
  ],
  ['long metadata', ['modal', modal([section('x')], { private_metadata: 'x'.repeat(3001) })], /at most 3000/],
  [
    'a select of nothing',
    ['modal', modal([input({ type: 'static_select', options: [] })])],
    /no fewer than 1/,
  ],
  [
    'a select of 101',
    [
      'modal',
      modal([
        input({ type: 'static_select', options: Array.from({ length: 101 }, (_, i) => option(`${i}`)) }),
      ]),
    ],
    /no more than 100/,
  ],
  [
    'an initial choice that is none',
    ['modal', modal([input({ type: 'static_select', options: [option('a')], initial_option: option('b') })])],
    /not one of the options/,
  ],
  [
    'a date that is none',
    ['modal', modal([input({ type: 'datepicker', initial_date: '2026-13-01' })])],
    /wrong form/,
  ],
  [
    'a person who is none',
    ['modal', modal([input({ type: 'users_select', initial_user: 'p_ana' })])],
    /wrong form/,
  ],
  ['no view', ['home', null], /not an object/],
];

describe('the offline checker refuses what Slack would refuse', () => {
  it.each(refused)('%s', (_, args, reason) => {
    expect(check(...args).join('\n')).toMatch(reason);
  });

  it('and takes what Slack would take', () => {
    expect(check('message', { text: 'only text' })).toEqual([]);
    expect(check('message', [section('x'), actions(button()), actions(button()), table(100, 20)])).toEqual(
      [],
    );
    expect(check('home', { type: 'home', blocks: [section('x')] })).toEqual([]);
    expect(
      check(
        'modal',
        modal([input({ type: 'static_select', options: [option('a')], initial_option: option('a') })]),
      ),
    ).toEqual([]);
  });
});
