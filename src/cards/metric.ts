import { withUnit } from '../domain/metric.ts';
import { METRIC_CATALOGUE, usualMetric } from '../domain/metric-catalogue.ts';
import type { MetricLine, MetricView, ReadingLine } from '../queries/metric.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  facts,
  formButton,
  heading,
  list,
  note,
  paragraph,
  table,
} from '../ui/card.ts';
import { type Inline, type Text, bold, code, date, status } from '../ui/text.ts';

/** A seat was given a number. */
export const numberCard = (added: {
  readonly seat: string;
  readonly key: string;
  readonly target: string;
}): Card => {
  const counted = usualMetric(added.key)?.counted;
  return card(`${added.seat} has a number: ${added.key}`, [
    paragraph(
      'Target ',
      bold(added.target),
      '. Log the first value: ',
      bold(`log ${added.seat} ${added.key} <value>`),
    ),
    ...(counted === undefined ? [] : [note(counted)]),
    buttons(
      commandButton('Show the number', `metric show ${added.seat} ${added.key}`),
      commandButton('Show the seat', `seat show ${added.seat}`),
    ),
  ]);
};

const SOURCES = { chat: 'people in chat', api: 'a machine, by the API', csv: 'files', alert: 'alerts' };

function readingLine(r: ReadingLine, unit: string, zone: string): Text {
  const said = (x: Pick<ReadingLine, 'by' | 'at' | 'note'>): Inline[] => [
    `, ${x.by}, `,
    date(x.at, zone),
    ...(x.note === null ? [] : [`: ${x.note}`]),
  ];
  const corrected = r.corrected.slice(0, 3).flatMap((old): Inline[] => {
    const what = old.value === r.value ? 'noted later; first' : 'corrects';
    return [` (${what} ${withUnit(old.value, unit)}`, ...said(old), ')'];
  });
  return [status(r.status), ` ${withUnit(r.value, unit)} for ${r.period}`, ...said(r), ...corrected];
}

const baselineOf = ({ baseline, zone }: MetricView): Text =>
  baseline === undefined
    ? 'its first 26 readings'
    : [
        'begins on ',
        date(baseline.from, zone),
        ` (${baseline.by}, `,
        date(baseline.at, zone),
        `: ${baseline.reason})`,
      ];

/** `metric show`. */
export function metricCard(view: MetricView): Card {
  const { metric, seat, zone } = view;
  const about = `${seat.key} ${metric.key}`;
  const args = { seat: seat.key, metric: metric.key };
  const counted = usualMetric(metric.key)?.counted;
  const state: Text = metric.active
    ? [`awaits ${metric.duePeriod}, late from `, date(metric.dueAt, zone)]
    : [
        'paused',
        ...(metric.pausedAt === null ? [] : [' since ', date(metric.pausedAt, zone)]),
        `: ${metric.pauseReason ?? ''}`,
      ];
  const body: Element[] = [
    ...(counted === undefined ? [] : [note(counted)]),
    facts(
      ['Key', code(metric.key)],
      ['Target', view.target],
      ['Category', metric.category],
      ['Cadence', metric.cadence],
      ['Owner', view.ownerName ?? 'nobody'],
      ['Comes from', SOURCES[metric.source]],
      ['Sensitivity', metric.sensitivity],
      ['State', state],
      ['Baseline', baselineOf(view)],
    ),
    heading('Last readings'),
    view.readings.length === 0
      ? paragraph('None yet: ', code(`log ${about} <value>`))
      : list(view.readings.map((r) => readingLine(r, metric.unit, zone))),
    ...(view.targets.length === 0
      ? []
      : [
          heading('Earlier targets'),
          list(
            view.targets
              .slice(0, 10)
              .map((t): Text => [
                `${t.target} until `,
                date(t.until, zone),
                `; changed by ${t.by}: ${t.reason}`,
              ]),
          ),
        ]),
    buttons(
      commandButton('Chart', `scorecard ${about}`),
      formButton('Edit', 'metric.edit', args),
      formButton('New target', 'metric.target', args),
      metric.active
        ? formButton('Pause', 'metric.pause', args)
        : commandButton('Resume', `metric resume ${about}`, { style: 'primary' }),
    ),
  ];
  return card(`${seat.name}: ${metric.name}`, body, { rest: `metric show ${about}` });
}

/** `metric list`. */
export function metricListCard(lines: readonly MetricLine[], where: string, rest: string): Card {
  if (lines.length === 0) {
    return card(`No numbers ${where}`, [
      paragraph('A usual one needs only its target: ', code('metric add claims acceptance-rate 90')),
      buttons(
        formButton('Add a number', 'metric.add', {}, { style: 'primary' }),
        commandButton('Usual numbers', 'metric catalogue'),
      ),
    ]);
  }
  const rows = lines.map(({ seat, metric, ownerName, target }): Text[] => [
    code(`${seat.key} ${metric.key}`),
    metric.name,
    target,
    metric.cadence,
    ownerName ?? 'nobody',
    metric.active ? `awaits ${metric.duePeriod}` : 'paused',
  ]);
  return card(
    `Numbers ${where}`,
    [
      table(
        [
          { title: 'Key', weight: 2 },
          { title: 'Name', weight: 2 },
          { title: 'Target' },
          { title: 'Cadence' },
          { title: 'Owner' },
          { title: 'State' },
        ],
        rows,
      ),
      buttons(formButton('Add a number', 'metric.add', {}), commandButton('Log numbers', 'log')),
    ],
    { fallback: `${lines.length} ${lines.length === 1 ? 'number' : 'numbers'}`, rest },
  );
}

/** `metric catalogue`. */
export const catalogueCard = (): Card =>
  card(
    'Usual numbers',
    [
      paragraph('Each of them needs only its target: ', code('metric add claims acceptance-rate 90')),
      table(
        [
          { title: 'Key', weight: 2 },
          { title: 'Category' },
          { title: 'Unit' },
          { title: 'Good is' },
          { title: 'How it is counted', weight: 3 },
        ],
        METRIC_CATALOGUE.map((m): Text[] => [
          code(m.key),
          m.category,
          m.unit,
          m.direction === 'range' ? 'in range' : m.direction,
          m.counted,
        ]),
      ),
      buttons(formButton('Add a number', 'metric.add', {}, { style: 'primary' })),
    ],
    { rest: 'metric catalogue' },
  );

/** A number has another target. */
export const targetCard = (set: {
  readonly seat: string;
  readonly key: string;
  readonly was: string;
  readonly target: string;
}): Card =>
  card(`New target for ${set.seat} ${set.key}`, [
    paragraph('From now on ', bold(set.target), `; it was ${set.was}.`),
    note('Readings of periods that ended before keep the status that they had under the earlier target.'),
    buttons(commandButton('Show the number', `metric show ${set.seat} ${set.key}`)),
  ]);
