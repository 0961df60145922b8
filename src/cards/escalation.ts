import { formatDuration } from '../domain/duration.ts';
import { type Asked, type Policy, type Repeat, type Step, idOf, targetsOf } from '../domain/escalation.ts';

import { SEVERITY_WORDS, type Severity } from '../domain/issue.ts';
import { waitWords } from '../domain/policy-wait.ts';
import type { ChainView, Drill, PolicyView, WhoNow } from '../queries/escalation.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  formButton,
  heading,
  list,
  note,
  paragraph,
  table,
} from '../ui/card.ts';
import { type Inline, type Text, bold, code, datetime, inlines } from '../ui/text.ts';

const titled = (severity: Severity): string => `Severity ${severity} ${SEVERITY_WORDS[severity]}`;

/** `accountable and platform`, `all of: …`. */
function whom(step: Step, nameOf: (target: Asked) => string): string {
  const names = targetsOf(step).map((t) =>
    (idOf(t, 'person') ?? idOf(t, 'channel')) === undefined ? t : nameOf(t),
  );
  const last = names.at(-1) ?? 'nobody';
  const joined = names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  return step.all === true && names.length > 1 ? `${joined}, who all have to answer` : joined;
}

function stepWords(step: Step, working: boolean, nameOf: (target: Asked) => string): string {
  const times = (step.times ?? 1) > 1 ? `, ${step.times} times` : '';
  return `asks ${whom(step, nameOf)}; waits ${waitWords(step.wait, working)}${times}`;
}

function endWords(repeat: Repeat | undefined, working: boolean): string {
  if (repeat === undefined) return 'the governance channel, once';
  const every = `the governance channel, every ${waitWords(repeat.every, working)}`;
  if (repeat.slowEvery === repeat.every) return every;
  return `${every}, after ${waitWords(repeat.slowAfter, working)} every ${waitWords(repeat.slowEvery, working)}`;
}

const hoursWords = ({ workingHours }: Policy): string =>
  workingHours ? 'in working hours, without public holidays' : 'day and night';

/** Who that is right now, or why it is nobody. */
function nowWords({ target, name, gone, instead }: WhoNow): string {
  if (name !== undefined) return instead === undefined ? name : `${name} for ${instead}`;
  if (target === 'number') return 'whoever logs the number';
  switch (gone) {
    case 'away':
      return `nobody: ${instead ?? 'who has it'} is away`;
    case 'unreachable':
      return `nobody: ${instead ?? 'who has it'} cannot be reached`;
    case 'vacant':
    case undefined:
      return `${target} is vacant`;
    default:
      return gone satisfies never;
  }
}

const sourceWords = (view: PolicyView, zone: string): Text => {
  if (view.source === 'default') return 'The default.';
  const where = view.source === 'seat' ? 'Made for this seat' : 'Made for the whole organisation';
  const when: Inline[] = view.at === undefined ? [] : [', ', datetime(view.at, zone)];
  return [
    where,
    ...when,
    ` by ${view.by ?? 'somebody'}`,
    ...(view.reason === undefined ? [] : [`: ${view.reason}`]),
  ];
};

/** The steps of one severity in words; with the people of now where it is about a seat. */
function policySection(view: PolicyView, zone: string, now?: ChainView['now']): Element[] {
  const { policy, severity } = view;
  if (policy === undefined)
    return [heading(titled(severity)), paragraph('Pings nobody: it waits for the weekly digest.')];
  const items = policy.steps.map((step, i): Text => {
    const names = (now?.[i] ?? []).map(nowWords);
    return [
      bold(`Step ${i + 1} `),
      stepWords(step, policy.workingHours, view.nameOf),
      ...(names.length === 0 ? [] : [`. Now: ${names.join('; ')}`]),
    ];
  });
  return [
    heading(`${titled(severity)}, ${hoursWords(policy)}`),
    list([...items, [bold('Then '), endWords(policy.repeat, policy.workingHours)]]),
    note(...inlines(sourceWords(view, zone))),
  ];
}

export function policiesCard(views: readonly PolicyView[], zone: string): Card {
  return card(
    'Escalation of the organisation',
    [
      ...views.flatMap((view) => policySection(view, zone)),
      note(
        'With the people of a seat: ',
        code('escalation show claims'),
        '. To change it: ',
        code('escalation edit 2'),
      ),
    ],
    { rest: 'escalation show' },
  );
}

/** What a drill showed. */
function drillWords({ acknowledgedAt, openedAt, state, ref }: Drill): string {
  if (acknowledgedAt !== null) return `${ref}: answered after ${formatDuration(acknowledgedAt - openedAt)}`;
  return state === 'open' ? `${ref}: still running` : `${ref}: nobody answered`;
}

export function chainCard(chains: readonly ChainView[], drill: Drill | undefined): Card {
  const [first] = chains;
  const seat = first!.seat;
  const drilled: Element[] =
    drill === undefined
      ? [note('It was never drilled: ', code(`escalation drill ${seat.key}`))]
      : [note('Last drill ', datetime(drill.openedAt, first!.zone), `, ${drillWords(drill)}.`)];
  return card(
    `Escalation of ${seat.name}`,
    [
      ...chains.flatMap((chain) => policySection(chain, chain.zone, chain.now)),
      ...drilled,
      buttons(
        commandButton('Dry run', `escalation test ${seat.key} ${first!.severity}`),
        formButton('Edit', 'escalation.edit', { seat: seat.key, severity: String(first!.severity) }),
      ),
    ],
    { rest: `escalation show ${seat.key}` },
  );
}

/** A dry run: who would be pinged when, if nobody answered. */
export function planCard(chain: ChainView): Card {
  const { seat, severity, plan, zone, policy } = chain;
  const title = `Dry run: severity ${severity} of ${seat.name}`;
  if (policy === undefined)
    return card(title, [paragraph('Nobody would be pinged: severity 4 waits for the weekly digest.')]);
  const rows = plan.flatMap(({ at, did }): Text[][] => {
    const asked = did.pings.map((p): Text[] => [
      datetime(p.notBefore, zone),
      p.person === null ? chain.nameOf(p.target) : chain.nameOfPerson(p.person),
      idOf(p.target, 'person') === undefined ? (p.person === null ? 'channel' : p.target) : 'by name',
    ]);
    const passed = did.passed.map((p): Text[] => [
      datetime(at, zone),
      `passed on at once: ${nowWords({
        target: p.target,
        name: undefined,
        gone: p.gone,
        instead: p.person === undefined ? undefined : chain.nameOfPerson(p.person),
      })}`,
      p.target,
    ]);
    const end: Text[][] = did.toGovernance
      ? [
          [
            datetime(at, zone),
            chain.hasGovernanceChannel ? 'the governance channel' : 'nobody: there is no governance channel',
            'end',
          ],
        ]
      : [];
    return [...passed, ...asked, ...end];
  });
  const held = plan.find(({ did }) => did.heldUntil !== undefined)?.did.heldUntil;
  return card(
    title,
    [
      paragraph('If it began now and nobody answered. Nobody is pinged by this.'),
      table([{ title: 'When', weight: 2 }, { title: 'Who', weight: 3 }, { title: 'As' }], rows),
      ...(held === undefined
        ? []
        : [note('Nobody is on duty for a part of it, so it waits for working hours.')]),
      buttons(commandButton('Run it for real, as a drill', `escalation drill ${seat.key} ${severity}`)),
    ],
    { rest: `escalation test ${seat.key} ${severity}` },
  );
}

/** To the admins: nobody was pinged any more about issues that nobody had answered. */
export function mendedCard(refs: readonly string[]): Card {
  const title =
    refs.length === 1
      ? 'One escalation had stopped and was mended'
      : `${refs.length} escalations had stopped and were mended`;
  const shown = refs.slice(0, 20).join(', ');
  const more = refs.length > 20 ? ` and ${refs.length - 20} more` : '';
  return card(
    title,
    [
      paragraph(`${shown}${more}. Nobody would have been asked any more; the chain goes on now.`),
      note('This should not happen. The log says more: please report it. ', code('doctor')),
    ],
    { rest: 'doctor' },
  );
}
