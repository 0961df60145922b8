import { z } from 'zod';
import type { Severity } from '../../domain/issue.ts';
import { invalid } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needSeat } from '../find.ts';
import { wholeNumber } from '../inputs.ts';
import { openIssue } from '../issue/open-issue.ts';
import { policyOf } from './start.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string({ error: 'Please name the seat.' }),
  severity: wholeNumber('The severity', 1, 3, ' (1 is critical; severity 4 pings nobody)').default(1),
});

/** Runs the chain of a seat for real, marked as a drill; who answers after how long is its result. */
export const drillSeat = defineAction({
  name: 'escalation.drill',
  input,
  allow: either<z.output<typeof input>>(ownerOfNamedSeat(['accountable', 'operations']), atLeast('governor')),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    const severity = input.severity as Severity;
    if ((await policyOf(tx, org, seat.id, severity)) === undefined)
      throw invalid(`Severity ${severity} pings nobody, so there is nothing to drill.`);
    const effects = await openIssue(tx, {
      org,
      now,
      seat,
      metric: null,
      kind: 'incident',
      severity,
      drill: true,
      title: `${seat.name}: does somebody answer?`,
      openedBy: person!.id,
      signal: {
        kind: 'person',
        sentence:
          'Nothing has happened. This runs the escalation for real, to see who answers after how long.',
        period: null,
      },
    });
    return effects;
  },
});
