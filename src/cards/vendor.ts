import { VENDOR_FIELDS, VENDOR_KEYS, type VendorKey, missingOfVendor } from '../domain/vendor.ts';
import type { VendorLine, VendorView } from '../queries/vendor.ts';
import { clip } from '../text.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  facts,
  formButton,
  list,
  note,
  paragraph,
  table,
} from '../ui/card.ts';
import { type Text, bold, code, date } from '../ui/text.ts';

const SHOWN = 600;
const SHOWN_SEATS = 30;

const titleOf = (field: string): string =>
  VENDOR_FIELDS[field as VendorKey]?.title ??
  { name: 'Name', reviewedAt: 'Reviewed', reviewedBy: 'Reviewed by', endedAt: 'Ended' }[field] ??
  field;

/** `vendor show`. */
export function vendorCard({ vendor, zone, seats, reviewer, changes }: VendorView): Card {
  const missing = missingOfVendor(vendor);
  const fields = VENDOR_KEYS.flatMap((key): (readonly [string, Text])[] => {
    const text = vendor[key];
    return text === null ? [] : [[VENDOR_FIELDS[key].title, clip(text, SHOWN)]];
  });
  const behind =
    seats.length === 0
      ? 'no seat yet'
      : `${seats.slice(0, SHOWN_SEATS).join(', ')}${seats.length > SHOWN_SEATS ? ` and ${seats.length - SHOWN_SEATS} more` : ''}`;
  const reviewed: Text =
    vendor.reviewedAt === null
      ? 'never'
      : [date(vendor.reviewedAt, zone), reviewer === undefined ? '' : ` by ${reviewer}`];
  const before = changes.map(({ at, name, before: was }): Text => [
    date(at, zone),
    `, ${name ?? 'an import'}: ${Object.entries(was)
      .filter(([field]) => field !== 'reviewedAt' && field !== 'reviewedBy')
      .map(
        ([field, value]) =>
          `${titleOf(field)} was ${value === null ? 'not said' : `“${clip(JSON.stringify(value).replace(/^"|"$/g, ''), 80)}”`}`,
      )
      .join('; ')}`,
  ]);
  const told = before.filter((_, i) =>
    Object.keys(changes[i]!.before).some((field) => !field.startsWith('reviewed')),
  );
  const body: Element[] = [
    ...(vendor.endedAt === null ? [] : [note('No longer a vendor since ', date(vendor.endedAt, zone), '.')]),
    facts(['Key', code(vendor.key)], ...fields, ['Stands behind', behind], ['Reviewed', reviewed]),
    note(
      missing.length === 0
        ? 'Every field says something.'
        : `Missing: ${missing.map((key) => VENDOR_FIELDS[key].title.toLowerCase()).join(', ')}.`,
    ),
    ...(told.length === 0 ? [] : [paragraph(bold('Before')), list(told)]),
    buttons(
      formButton('Edit', 'vendor.edit', { vendor: vendor.key }),
      commandButton('It is right as it stands', `vendor review ${vendor.key}`),
      commandButton('Its seats', `seat list vendor=${vendor.key}`),
    ),
  ];
  return card(vendor.name, body, {
    fallback: `${vendor.name} (${vendor.key}), behind ${seats.length} seats`,
    rest: `vendor show ${vendor.key}`,
  });
}

/** `vendor list`. */
export function vendorListCard(lines: readonly VendorLine[], zone: string): Card {
  const add = buttons(formButton('Add a vendor', 'vendor.add', {}));
  if (lines.length === 0) {
    return card('No vendors yet', [
      paragraph('A vendor is recorded once, and named by every seat that it stands behind.'),
      add,
    ]);
  }
  const rows = lines.map(({ vendor, seats }): Text[] => [
    code(vendor.key),
    vendor.name,
    String(seats),
    vendor.reviewedAt === null ? 'never' : [date(vendor.reviewedAt, zone)],
    String(missingOfVendor(vendor).length),
  ]);
  return card(
    'Vendors',
    [
      table(
        [
          { title: 'Key' },
          { title: 'Name', weight: 2 },
          { title: 'Seats', align: 'right' },
          { title: 'Reviewed' },
          { title: 'Missing', align: 'right' },
        ],
        rows,
      ),
      add,
    ],
    { fallback: `${lines.length} vendors`, rest: 'vendor list' },
  );
}
