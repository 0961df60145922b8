import { z } from 'zod';
import { CADENCES } from '../../domain/dates.ts';
import { ISSUE_KINDS, ISSUE_STATES } from '../../domain/issue.ts';
import { DIRECTIONS, METRIC_CATEGORIES, STATUSES } from '../../domain/metric.ts';
import { HOLDER_KINDS, OWNER_ROLES, RISK_TIERS, STAGES } from '../../domain/seat.ts';

const instant = z.iso.datetime();
const judged = z.enum(['green', 'yellow', 'red']);

export const loggedSchema = z.object({
  seat: z.string(),
  metric: z.string(),
  period: z.string(),
  value: z.number(),
  unit: z.string().meta({ description: 'Of the value; empty for none.' }),
  status: judged,
  corrected: z
    .number()
    .nullable()
    .meta({ description: 'The value that counted before; null for a first one.' }),
});

export const seatSchema = z.object({
  key: z.string(),
  name: z.string(),
  accountability: z.string(),
  holder: z.enum(HOLDER_KINDS),
  stage: z.enum(STAGES),
  level: z.number().int(),
  risk: z.enum(RISK_TIERS),
  halted: z.boolean(),
  reportsTo: z.string().nullable(),
  owners: z.array(z.object({ role: z.enum(OWNER_ROLES), name: z.string(), accepted: z.boolean() })),
  readiness: z.object({ percent: z.number(), letters: z.string(), at: instant }).nullable(),
  openIssues: z.array(
    z.object({
      issue: z.string(),
      title: z.string(),
      kind: z.enum(ISSUE_KINDS),
      severity: z.number().int(),
      state: z.enum(ISSUE_STATES),
      openedAt: instant,
    }),
  ),
});

export const numbersSchema = z.object({
  seat: z.string(),
  metrics: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      category: z.enum(METRIC_CATEGORIES),
      unit: z.string(),
      direction: z.enum(DIRECTIONS),
      target: z.number().nullable(),
      targetHigh: z.number().nullable().meta({ description: 'Upper end of a range; null otherwise.' }),
      tolerance: z.number(),
      cadence: z.enum(CADENCES),
      awaited: z.object({ period: z.string(), dueAt: instant }),
      status: z.enum(STATUSES).nullable().meta({ description: 'null while nothing was awaited yet.' }),
      latest: z
        .object({
          value: z.number(),
          period: z.string(),
          status: judged,
          at: instant,
          reportedBy: z.string().nullable(),
          note: z.string().nullable(),
        })
        .nullable()
        .meta({ description: 'null before the first reading.' }),
    }),
  ),
});
