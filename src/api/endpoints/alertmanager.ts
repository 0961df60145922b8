import { z } from 'zod';
import { alertSeverity } from '../../domain/alert.ts';
import { clip } from '../../text.ts';
import type { Endpoint } from '../endpoint.ts';
import { type Got, got, problem } from '../problem.ts';
import { type AlertEvent, takeAlerts, takenSchema } from './take-alerts.ts';

const words = z.record(z.string(), z.string());

const alert = z.looseObject({
  status: z.enum(['firing', 'resolved']),
  labels: words,
  annotations: words.default({}),
  startsAt: z.string(),
  generatorURL: z.string().optional(),
  fingerprint: z.string().min(1),
});
type Alert = z.output<typeof alert>;

/** Version 4 of Alertmanager's webhook; Grafana sends the same with other words around it. */
const payload = z.looseObject({ alerts: z.array(alert).min(1).max(500) });

/** What is no severity that we know is moderate: nobody is woken by a word. */
const MODERATE = 3;

const linkOf = (url: string | undefined): string | undefined =>
  url !== undefined && /^https?:\/\/\S+$/i.test(url) && url.length <= 2000 ? url : undefined;

function eventOf(a: Alert, seat: string | undefined): AlertEvent {
  const { labels, annotations } = a;
  const title = annotations['summary'] ?? annotations['title'] ?? labels['alertname'] ?? 'An alert fires';
  const detail = annotations['description'] ?? annotations['message'] ?? '';
  const startedAt = Date.parse(a.startsAt);
  return {
    fingerprint: a.fingerprint,
    state: a.status,
    seat: labels['seat'] ?? labels['coxswain_seat'] ?? seat,
    metric: labels['metric'],
    title: clip(title.trim() === '' ? 'An alert fires' : title.trim(), 200),
    severity: alertSeverity(labels['severity'] ?? '') ?? MODERATE,
    detail: clip(detail, 3000),
    link: linkOf(a.generatorURL),
    ...(Number.isFinite(startedAt) ? { startedAt } : {}),
  };
}

function parsed(body: unknown): Got<readonly Alert[]> {
  const found = payload.safeParse(body);
  if (found.success) return got(found.data.alerts);
  const [first] = found.error.issues;
  return problem(
    400,
    `This is not a webhook of Alertmanager (version 4) or Grafana: ${first!.path.join('.')}: ${first!.message}.`,
  );
}

export const alertmanagerEndpoint: Endpoint = {
  method: 'POST',
  path: '/api/v1/hooks/alertmanager',
  id: 'takeAlertmanager',
  summary: 'Alerts of Prometheus Alertmanager or Grafana',
  description:
    'The seat is taken from the label “seat” or “coxswain_seat”, else from ?seat= in the address, else from the token; the number from the label “metric”; the severity from the label “severity” (critical, error, warning, info; moderate otherwise). A firing alert opens one issue, a resolved one settles it.',
  scope: 'alerts:write',
  signed: 'grafana',
  body: {
    schema: payload,
    mostBytes: 1024 * 1024,
    examples: {
      firing: {
        version: '4',
        status: 'firing',
        receiver: 'coxswain',
        alerts: [
          {
            status: 'firing',
            labels: { alertname: 'HighErrorRate', seat: 'claims', severity: 'error' },
            annotations: { summary: 'One answer in ten fails' },
            startsAt: '2026-11-20T08:00:00Z',
            endsAt: '0001-01-01T00:00:00Z',
            generatorURL: 'https://prometheus.example.com/graph',
            fingerprint: 'c3a5f1d2e4b60718',
          },
        ],
      },
    },
  },
  answer: takenSchema,
  problems: [400, 409, 413, 415],
  async handle({ caller, body, query }) {
    const alerts = parsed(body);
    if ('problem' in alerts) return alerts;
    const seat = query.get('seat') ?? undefined;
    return takeAlerts(
      caller,
      alerts.value.map((a) => eventOf(a, seat)),
    );
  },
};
