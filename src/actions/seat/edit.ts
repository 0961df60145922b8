import { z } from 'zod';
import { lockOrg } from '../../../db/orgs.ts';
import { seatParents } from '../../../db/seats.ts';
import { type Seat } from '../../../db/seats.ts';
import { seesAll } from '../../../db/sight.ts';
import type { Db } from '../../../db/store.ts';
import { wouldGoRound } from '../../domain/org-chart.ts';
import { hasRole } from '../../domain/person.ts';
import { HOLDER_KINDS, MAX_LEVEL, RISK_TIERS } from '../../domain/seat.ts';
import { forbidden, invalid } from '../../errors.ts';
import type { Person } from '../../../db/people.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needSeat, needVendors } from '../find.ts';
import { oneOf, sentence, wholeNumber } from '../inputs.ts';
import { recordInput } from './record-input.ts';
import { type SeatFields, changeSeats } from './write.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string({ error: 'Which seat? Give its key.' }),
  name: sentence('the name of the seat', 80).optional(),
  accountability: sentence('what the seat is accountable for, in one sentence', 300).optional(),
  holder: oneOf('a kind of holder', HOLDER_KINDS).optional(),
  risk: oneOf('a risk tier', RISK_TIERS).optional(),
  level: wholeNumber('The level', 1, MAX_LEVEL).optional(),
  /** Key of the seat above; `none` when it reports to nobody. */
  parent: z.string().trim().min(1).optional(),
  /** Keys of the vendors behind it, with commas between them or as a list; `none` for none. */
  vendors: z.union([z.string(), z.array(z.string())]).optional(),
  record: recordInput.optional(),
  /** The revision of the record that was looked at. */
  seen: z.coerce.number().int().optional(),
});

/** Changes what a seat is and what the inventory says of it. What it said before is kept. */
export const editSeat = defineAction({
  name: 'seat.edit',
  input,
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, now, input, person }) {
    const { seat: key, parent, vendors, record, seen, ...given } = input;
    const seat = await needSeat(tx, org, key);
    assertLevel(seat, given.level, person!);
    const above = parent === undefined ? {} : { parent: await parentFor(tx, org, seat, parent) };
    const fields = { ...given, ...above } as Partial<SeatFields>;
    const behind = vendors === undefined ? {} : { vendors: await vendorIds(tx, org, vendors) };
    const [edited] = await changeSeats(tx, { org, now, by: person!.id }, [
      {
        seat,
        fields,
        ...behind,
        ...(record === undefined ? {} : { record }),
        ...(seen === undefined ? {} : { seen }),
      },
    ]);
    const changed = [...edited!.changed];
    const { name, accountability, ...facts } = fields;
    const known = Object.fromEntries(Object.entries(facts).filter(([field]) => changed.includes(field)));
    const text = JSON.parse(JSON.stringify({ name, accountability, ...record })) as Record<string, string>;
    return {
      result: { seat: seat.key, name: edited!.seat.name, changed },
      audit: { subject: `seat:${seat.id}`, facts: { ...known, ...behind, changed }, text },
      changed: changed.length === 0 ? [] : [`seat:${seat.id}`],
    };
  },
});

/** A level is raised one at a time, by a governor; lowering it is the owners' right, too. */
function assertLevel(seat: Seat, level: number | undefined, person: Person): void {
  if (level === undefined || level <= seat.level) return;
  if (!hasRole(person.role, 'governor')) {
    throw forbidden(`Only a governor raises the level of a seat. ${seat.name} is on level ${seat.level}.`, {
      fields: { level: 'Only a governor raises it.' },
    });
  }
  if (level === seat.level + 1) return;
  throw invalid(`A level is raised one at a time: ${seat.name} is on level ${seat.level}.`, {
    hint: `seat edit ${seat.key} level=${seat.level + 1}`,
    fields: { level: `One at a time: ${seat.level + 1}.` },
  });
}

async function parentFor(tx: Db, org: string, seat: Seat, typed: string): Promise<string | null> {
  if (['none', '-', '–'].includes(typed.toLowerCase())) return null;
  // Two seats that are put under each other at the same moment would go round.
  await lockOrg(tx, org);
  const parent = await needSeat(tx, org, typed, 'parent');
  const parents = await seatParents(seesAll(tx, 'a circle may go through a hidden seat'), org);
  if (!wouldGoRound(parents, seat.id, parent.id)) return parent.id;
  throw invalid(
    parent.id === seat.id
      ? `${seat.name} cannot report to itself.`
      : `${parent.name} reports to ${seat.name}, so it cannot be above it.`,
    { hint: `chart ${seat.key}`, fields: { parent: 'It stands below this seat.' } },
  );
}

async function vendorIds(tx: Db, org: string, typed: string | readonly string[]): Promise<string[]> {
  const keys = (typeof typed === 'string' ? typed.split(/[,;\s]+/) : typed)
    .map((key) => key.trim().toLowerCase())
    .filter((key) => key !== '' && key !== 'none');
  return (await needVendors(tx, org, keys)).map((vendor) => vendor.id);
}
