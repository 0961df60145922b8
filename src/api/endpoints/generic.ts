import { z } from 'zod';
import { alertSeverity } from '../../domain/alert.ts';
import type { Endpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { isObject, unknownName } from './known.ts';
import { takeAlerts, takenSchema } from './take-alerts.ts';

const text = (what: string, max: number) =>
  z
    .string({ error: `Send ${what} as text.` })
    .min(1, `Send ${what} as text.`)
    .max(max, `Keep ${what} within ${max} characters.`);

const event = z.object({
  key: text('a key by which the alert is known', 1000).meta({
    description: 'The same key is the same alert, and has one issue.',
  }),
  title: text('a title', 200),
  state: z.enum(['firing', 'resolved'], { error: 'Send “firing” or “resolved” as the state.' }),
  severity: z
    .union([z.number(), z.string()])
    .transform((given, context) => {
      const severity = alertSeverity(String(given));
      if (severity !== undefined) return severity;
      context.addIssue({
        code: 'custom',
        message: 'Send the severity as critical, high, warning or info, or as 1 to 4.',
      });
      return z.NEVER;
    })
    .default(3),
  seat: text('the key of the seat', 200).optional().meta({
    description: 'May be left out with a token that is made for one seat.',
  }),
  metric: text('the key of the number', 200).optional(),
  link: text('the link', 2000).optional(),
  detail: text('the details', 3000).optional(),
  startedAt: z.iso
    .datetime({ offset: true, error: 'Send startedAt like 2026-11-20T08:00:00Z.' })
    .optional()
    .meta({ description: 'When it began: with it, events may come late and mixed up.' }),
});

export const genericEndpoint: Endpoint = {
  method: 'POST',
  path: '/api/v1/hooks/generic',
  id: 'takeAlert',
  summary: 'An alert of any other system',
  description: 'Firing opens one issue for each key, resolved settles it.',
  scope: 'alerts:write',
  signed: 'own',
  body: {
    schema: event,
    mostBytes: 256 * 1024,
    examples: {
      firing: {
        key: 'nightly-eval',
        title: 'The nightly evaluation failed',
        state: 'firing',
        severity: 'high',
        seat: 'claims',
        startedAt: '2026-11-20T08:00:00Z',
      },
    },
  },
  answer: takenSchema,
  problems: [400, 409, 413, 415],
  async handle({ caller, body }) {
    if (!isObject(body)) return problem(400, 'Send the alert as an object with key, title, state and seat.');
    const odd = unknownName(body, event.shape);
    if (odd !== undefined) return problem(400, odd);
    const found = event.safeParse(body);
    if (!found.success) {
      const errors = found.error.issues.map(({ path, message }) => ({
        field: String(path[0] ?? ''),
        detail: message,
      }));
      return problem(400, errors[0]!.detail, { errors });
    }
    const { key, startedAt, seat, ...rest } = found.data;
    const began = startedAt === undefined ? {} : { startedAt: Date.parse(startedAt) };
    return takeAlerts(caller, [{ ...rest, ...began, seat, fingerprint: key }]);
  },
};
