import { whoIs } from '../../db/people.ts';
import { perform } from '../../src/actions/perform.ts';
import { addSeat, setSeatVisibility } from '../../src/actions/seat/index.ts';
import type { App } from '../../src/context.ts';
import type { TestCoxswain } from './coxswain.ts';

export type Account = readonly ['slack' | 'teams', tenant: string, ref: string];

/** What actions of this person are performed with. */
export async function ctxOf(app: App, org: string, account: Account) {
  const { person } = (await whoIs(app.store.read, ...account))!;
  return { ...app, org, actor: { kind: 'person', person: person.id } } as const;
}

/** 150 seats more, one of which only its people and governors see. */
export async function crowd(app: App, org: string, account: Account): Promise<void> {
  const ctx = await ctxOf(app, org, account);
  for (let i = 1; i <= 150; i += 1) {
    const n = String(i).padStart(3, '0');
    const name = i === 150 ? 'Whistle-blowing' : i === 149 ? 'Élan for motor fleets' : `Desk ${n}`;
    await perform(ctx, addSeat, { key: `desk-${n}`, name, accountability: `Does the work of ${n}` });
  }
  const because = 'Reports are confidential.';
  await perform(ctx, setSeatVisibility, { seat: 'desk-150', visibility: 'people', because });
}

export const anaOn = (c: TestCoxswain): Account => [
  'slack',
  c.slack.state.setup.team.id,
  c.slack.as('ana').person.id,
];
