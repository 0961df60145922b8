import {
  type Queue,
  followUpQueue,
  installedByPlatform,
  messageQueue,
  openBySeverity,
  seatsByStage,
  setAsideCounts,
} from '../../db/vitals.ts';
import type { Instant } from '../clock.ts';
import type { App } from '../context.ts';

/** Figures for operators, over all organisations. None of them says anything about a person, or names a seat. */
export const VITALS = {
  coxswain_follow_ups_due: 'Follow-ups that are due and not done',
  coxswain_follow_ups_oldest_seconds: 'How long the oldest of them has been due, in business time',
  coxswain_follow_ups_failed: 'Follow-ups that failed for good',
  coxswain_messages_due: 'Messages that are not on display as they should be',
  coxswain_messages_oldest_seconds: 'How long the oldest of them has been wanted, in business time',
  coxswain_messages_parked: 'Messages that cannot be delivered until somebody does something',
  coxswain_messages_held: 'Messages of which it is not known whether they were delivered',
  coxswain_issues_open: 'Open and acknowledged issues, by severity',
  coxswain_seats: 'Seats, by stage',
  coxswain_installations: 'Connected workspaces and tenants, by platform',
  coxswain_scheduler_silence_seconds: 'Since the scheduler last looked for work in this process',
} as const;

type Vital = keyof typeof VITALS;

interface Figure {
  readonly name: Vital;
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

const ageOf = ({ since }: Queue, now: Instant): number =>
  since === undefined ? 0 : Math.max(0, (now - since) / 1000);

/** One look at all of them. `lastTick` is when this process last looked for work, in transport time. */
export async function readVitals(app: App, lastTick: Instant | undefined): Promise<Figure[]> {
  const { read } = app.store;
  const now = app.clock.now();
  const [followUps, messages, aside, severities, stages, platforms] = await Promise.all([
    followUpQueue(read, now),
    messageQueue(read, now),
    setAsideCounts(read),
    openBySeverity(read),
    seatsByStage(read),
    installedByPlatform(read),
  ]);
  return [
    { name: 'coxswain_follow_ups_due', value: followUps.waiting },
    { name: 'coxswain_follow_ups_oldest_seconds', value: ageOf(followUps, now) },
    { name: 'coxswain_follow_ups_failed', value: aside.failed },
    { name: 'coxswain_messages_due', value: messages.waiting },
    { name: 'coxswain_messages_oldest_seconds', value: ageOf(messages, now) },
    { name: 'coxswain_messages_parked', value: aside.parked },
    { name: 'coxswain_messages_held', value: aside.held },
    ...severities.map(({ severity, n }): Figure => ({
      name: 'coxswain_issues_open',
      value: n,
      labels: { severity: String(severity) },
    })),
    ...stages.map(({ stage, n }): Figure => ({ name: 'coxswain_seats', value: n, labels: { stage } })),
    ...platforms.map(({ platform, n }): Figure => ({
      name: 'coxswain_installations',
      value: n,
      labels: { platform },
    })),
    ...(lastTick === undefined
      ? []
      : [
          {
            name: 'coxswain_scheduler_silence_seconds',
            value: (app.wall.now() - lastTick) / 1000,
          } as const,
        ]),
  ];
}
