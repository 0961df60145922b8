import { withUnit } from '../src/domain/metric.ts';
import { type Element, buttons, commandButton, note, paragraph } from '../src/ui/card.ts';
import { status } from '../src/ui/text.ts';

interface LoggedReading {
  readonly seat: string;
  readonly metric: string;
  readonly period: string;
  readonly value: number;
  readonly unit: string;
  readonly status: 'green' | 'yellow' | 'red';
  readonly corrected: number | null;
}

/** One line per reading, and what follows from it. */
export function loggedCard(readings: readonly LoggedReading[]): readonly [string, ...Element[]] {
  const red = readings.some((r) => r.status === 'red');
  const [first] = readings;
  const title =
    readings.length === 1 ? `Logged ${first!.seat} ${first!.metric}` : `Logged ${readings.length} numbers`;
  return [
    title,
    ...readings
      .slice(0, 30)
      .map((r): Element =>
        paragraph(
          status(r.status),
          ` ${r.seat} ${r.metric}: ${withUnit(r.value, r.unit)} for ${r.period}`,
          ...(r.corrected === null ? [] : [`; it corrects ${withUnit(r.corrected, r.unit)}, which is kept`]),
        ),
      ),
    ...(red
      ? [
          note('A red number opens an issue by itself, or joins the open one.'),
          buttons(commandButton('Open issues', `issue list ${first!.seat}`)),
        ]
      : []),
  ];
}
