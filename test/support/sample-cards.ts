import type { Picture } from '../../src/ui/card.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  divider,
  facts,
  formButton,
  heading,
  linkButton,
  list,
  note,
  paragraph,
  picture,
  pressButton,
  quote,
  table,
} from '../../src/ui/card.ts';
import type { Form } from '../../src/ui/form.ts';
import {
  type StatusWord,
  bold,
  br,
  channel,
  code,
  date,
  datetime,
  italic,
  link,
  person,
  status,
} from '../../src/ui/text.ts';
import type { Names } from '../../src/platforms/platform.ts';

/** Cards and forms that together use every element, span, press and field; both adapters' golden files show them. */

const MONDAY = Date.UTC(2026, 10, 23, 8, 0);
const BERLIN = 'Europe/Berlin';
const ana = person('p_ana', 'Ana Flores');
const bo = person('p_bo', 'Bo Lindqvist');

/** Ana is known to the platform, Bo is not. */
export const sampleNames: Names = {
  user: (id) => (id === 'p_ana' ? { ref: 'U0ANA', name: 'Ana Flores' } : undefined),
};

export const samplePictureUrl = (_tenant: string, p: Picture): string | undefined =>
  `https://coxswain.example/i/${p.name}.png`;

const seat = card('Claims triage', [
  paragraph(
    bold('Pilot'),
    ' · level 3 · answers to ',
    ana,
    ' and ',
    bo,
    ' in ',
    channel('C0CLAIMS', 'claims'),
  ),
  facts(
    ['Status', status('red')],
    ['Accountable', ana],
    ['Operations', italic('vacant')],
    ['Next gate', ['Gate 1, due ', date(MONDAY, BERLIN)]],
    ['Record', link('Data protection review', 'https://wiki.example/dpia?id=7&v=2')],
  ),
  buttons(
    formButton('Score', 'seat.score', { seat: 'claims' }, { style: 'primary' }),
    commandButton('Scorecard', 'scorecard claims'),
    linkButton('Wiki', 'https://wiki.example/claims'),
  ),
]);

const scorecard = card(
  'Scorecard: Claims triage',
  [
    picture({
      name: 'scorecard',
      args: { seat: 'claims', weeks: 13 },
      alt: 'Thirteen weeks of three numbers; acceptance rate red in the last week.',
      title: 'Thirteen weeks',
    }),
    table(
      [
        { title: 'Number', weight: 3 },
        { title: 'Target', align: 'right' },
        { title: 'W47', align: 'right' },
        { title: 'Status', align: 'center' },
      ],
      [
        ['Acceptance rate', '≥ 85 %', '71 %', status('red')],
        ['Latency p95', '≤ 2.5 s', '2.1 s', status('green')],
        [['Cost per case, ', italic('estimated')], '≤ 0.40 €', '0.42 €', status('yellow')],
        [['Satisfaction, owed by ', ana], '≥ 4', '', status('missing')],
      ],
    ),
    note('As of ', datetime(MONDAY, BERLIN), '. Correct a number with ', code('/pilot log')),
  ],
  { fallback: 'Claims triage: 1 red, 1 yellow, 1 green, 1 missing', rest: 'scorecard claims' },
);

const digest = card(
  'Week 47',
  [
    paragraph('2 red, 1 missing, 5 green.'),
    heading('Worst first'),
    list([
      [status('red'), ' ', bold('Claims triage'), ': acceptance rate 71 %, target 85 %'],
      [status('yellow'), ' ', bold('Invoice reader'), ': cost per case'],
      [status('missing'), ' satisfaction is owed by ', bo],
    ]),
    divider,
    heading('Open issues'),
    table(
      [{ title: 'Issue' }, { title: 'Age' }],
      [
        [link('CLAIMS-1', 'https://chat.example/1'), '3 days'],
        ['INVOICE-4', '1 day'],
      ],
    ),
    table(
      [{ title: 'Seat' }, { title: 'Readiness' }],
      [
        ['Claims triage', '45 %'],
        ['Invoice reader', '80 %'],
      ],
    ),
    note('Every Monday 09:00 Europe/Berlin'),
  ],
  { rest: 'digest preview' },
);

const ping = card(
  'CLAIMS-1 needs you',
  [
    paragraph('Acceptance rate is 71 %, target 85 %.', br, 'Severity 2, opened ', datetime(MONDAY, BERLIN)),
    quote('The model refuses every claim\nthat mentions *hail*.'),
    buttons(
      pressButton('Acknowledge', 'issue.acknowledge', { issue: 'CLAIMS-1' }, { style: 'primary' }),
      pressButton(
        'Drop',
        'issue.drop',
        { issue: 'CLAIMS-1' },
        {
          style: 'danger',
          confirm: {
            title: 'Drop CLAIMS-1?',
            text: 'The chain of pings stops and the reason is kept.',
            yes: 'Drop it',
          },
        },
      ),
      formButton('Solve…', 'issue.solve', { issue: 'CLAIMS-1' }),
    ),
  ],
  { fallback: 'CLAIMS-1: acceptance rate 71 %, target 85 %' },
);

const acknowledged = card('CLAIMS-1 needs you', [
  paragraph('Acknowledged by ', ana, ' at ', datetime(MONDAY, BERLIN)),
]);

const refusal = card('That did not work', [
  paragraph('There is no seat ', code('clams'), '. Did you mean ', code('claims'), '?'),
  note('Example: ', code('/pilot seat show claims')),
]);

const hostile = card('<!channel> *now* & then', [
  paragraph('<!here> <@U0ANA> *bold* _italic_ ~struck~ `code` <https://evil.example|click> &lt;!channel&gt;'),
  paragraph('> quoted\n• point\n- point\n# heading\n1. one\n:tada: @everyone [a](https://evil.example)'),
  quote('```fence``` <!everyone>'),
  facts(['*label*', '_value_']),
  list(['<#C1>', 'mañana · 日本語 · \u202Eright to left']),
  paragraph(
    code('a`b <@U1>'),
    ' ',
    bold('*x* <!channel>'),
    ' ',
    link('a|b>c', 'https://example.com/?a=<b>|c'),
  ),
]);

const longBody: readonly Element[] = Array.from({ length: 60 }, (_, i) => paragraph(`Point ${i + 1}`));
const long = card('Everything at once', longBody, { rest: 'seat list' });

const empty = card('Nothing waits for you', []);

export const sampleCards: Readonly<Record<string, Card>> = {
  seat,
  scorecard,
  digest,
  ping,
  acknowledged,
  refusal,
  hostile,
  long,
  empty,
};

const STATUS_OPTIONS = (['green', 'yellow', 'red'] satisfies StatusWord[]).map((s) => ({
  value: s,
  label: s,
}));

const score: Form = {
  name: 'seat.score',
  args: { seat: 'claims' },
  title: 'Score Claims triage',
  submit: 'Save the score',
  items: [
    {
      kind: 'hint',
      body: {
        kind: 'paragraph',
        text: ['Scored against ', bold('Readiness 1'), '. Last score: ', status('yellow')],
      },
    },
    { kind: 'select', name: 'data', label: 'Data readiness', options: STATUS_OPTIONS, initial: 'yellow' },
    { kind: 'select', name: 'governance', label: 'Governance', options: STATUS_OPTIONS },
    {
      kind: 'long_text',
      name: 'note',
      label: 'Note',
      hint: 'What would change your mind?',
      optional: true,
      max: 1000,
    },
    { kind: 'text', name: 'evidence', label: 'Evidence', placeholder: 'https://…', optional: true },
  ],
};

const seatAdd: Form = {
  name: 'seat.add',
  args: {},
  title: 'Add a seat',
  submit: 'Add',
  items: [
    { kind: 'text', name: 'name', label: 'Name', initial: 'Claims triage', max: 80 },
    { kind: 'person', name: 'accountable', label: 'Accountable owner', initial: 'p_ana' },
    { kind: 'people', name: 'reviewers', label: 'Reviewers', initial: ['p_ana', 'p_bo'], optional: true },
    { kind: 'channel', name: 'home', label: 'Channel', initial: 'C0CLAIMS' },
    {
      kind: 'multi_select',
      name: 'data',
      label: 'Data classes',
      options: [
        { value: 'pii', label: 'Personal data' },
        { value: 'phi', label: 'Health data' },
      ],
      initial: ['pii'],
      optional: true,
    },
    {
      kind: 'yes_no',
      name: 'customer_facing',
      label: 'Customer-facing',
      question: 'Do customers see its output?',
      initial: true,
    },
    { kind: 'date', name: 'started', label: 'In pilot since', initial: '2026-09-01' },
    {
      kind: 'time',
      name: 'digest_at',
      label: 'Digest at',
      initial: '09:00',
      hint: 'In the zone of the channel',
    },
  ],
};

const missingNumbers: Form = {
  name: 'log.missing',
  args: { week: '2026-W47' },
  title: 'Missing numbers for week 47, all of your seats at once',
  submit: 'Log all of these numbers now',
  items: [
    { kind: 'hint', body: { kind: 'heading', text: 'Claims triage' } },
    { kind: 'number', name: 'acceptance', label: 'Acceptance rate (%)', placeholder: '85', optional: true },
    {
      kind: 'number',
      name: 'latency',
      label: 'Latency p95 (s)',
      initial: '2,5',
      hint: 'Target at most 2.5',
      optional: true,
    },
    { kind: 'hint', body: { kind: 'divider' } },
    { kind: 'hint', body: { kind: 'note', text: 'Leave empty what you do not know yet.' } },
  ],
};

const manyOptions: Form = {
  name: 'issue.new',
  args: { text: '<!channel> *help*', link: 'https://chat.example/archives/C1/p1' },
  title: 'Raise an issue',
  submit: 'Raise',
  items: [
    { kind: 'hint', body: { kind: 'quote', text: '<!channel> *help*' } },
    {
      kind: 'select',
      name: 'seat',
      label: 'Seat',
      options: Array.from({ length: 120 }, (_, i) => ({ value: `seat-${i + 1}`, label: `Seat ${i + 1}` })),
      initial: 'seat-101',
    },
    {
      kind: 'select',
      name: 'severity',
      label: 'Severity',
      options: [1, 2, 3, 4].map((n) => ({ value: String(n), label: `Severity ${n}` })),
      initial: '3',
    },
    { kind: 'long_text', name: 'what', label: 'What happened?', initial: '<!channel> *help*' },
    { kind: 'yes_no', name: 'drill', label: 'Drill', optional: true },
  ],
};

const searched: Form = {
  name: 'seat.edit',
  args: { seat: 'claims' },
  title: 'Edit a seat',
  submit: 'Save',
  items: [
    {
      kind: 'search',
      name: 'parent',
      label: 'Reports to',
      source: 'seats',
      first: Array.from({ length: 3 }, (_, i) => ({ value: `seat-${i + 1}`, label: `Seat ${i + 1}` })),
      initial: { value: 'seat-140', label: 'Seat 140' },
    },
    {
      kind: 'multi_search',
      name: 'vendors',
      label: 'Vendors',
      source: 'vendors',
      first: [{ value: 'lakeside', label: 'Lakeside AI' }],
      initial: [{ value: 'harbour', label: 'Harbour Models' }],
      optional: true,
    },
    { kind: 'search', name: 'seat', label: 'Seat', source: 'seats', first: [], optional: true },
  ],
};

const importNumbers: Form = {
  name: 'reading.import',
  args: { seat: 'claims' },
  title: 'Bring numbers in',
  submit: 'Read the file',
  items: [
    {
      kind: 'file',
      name: 'file',
      label: 'Numbers',
      types: ['csv', 'txt'],
      hint: 'A line a week: the day, and the value.',
    },
  ],
};

export const sampleForms: Readonly<Record<string, Form>> = {
  score,
  seatAdd,
  missingNumbers,
  manyOptions,
  searched,
  importNumbers,
};
