import { needVendors } from '../../src/actions/find.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { addVendor, editVendor } from '../../src/actions/vendor/index.ts';
import { slug } from '../../src/domain/seat.ts';
import { MOST_VENDOR_TEXT, VENDOR_FIELDS, VENDOR_KEYS, type VendorRecord } from '../../src/domain/vendor.ts';
import type { Field } from '../../src/ui/form.ts';
import type { Args, Filled, FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { shownVendor } from '../vendor.ts';
import { initial, texts } from './fields.ts';

const HINTS: Readonly<Partial<Record<keyof VendorRecord, string>>> = {
  sla: 'Availability, latency, support, what is paid when it is missed.',
  terms: 'Agreement, purpose, retention, training on our data, subprocessors.',
  rateLimits: 'Requests and tokens a minute, and what happens beyond them.',
  cost: 'At the volume of production, not of the pilot.',
  switching: 'To whom, how long it takes, what has to change.',
};

const textFields = (now: Partial<Record<keyof VendorRecord, string | null | undefined>>): Field[] =>
  VENDOR_KEYS.map((key) => ({
    kind: key === 'residency' || key === 'contact' ? 'text' : 'long_text',
    name: key,
    label: VENDOR_FIELDS[key].title,
    optional: true,
    max: key === 'residency' || key === 'contact' ? 500 : MOST_VENDOR_TEXT,
    ...(HINTS[key] === undefined ? {} : { hint: HINTS[key] }),
    ...initial(now[key] ?? undefined),
  }));

const nameField = (name: string | undefined): Field => ({
  kind: 'text',
  name: 'name',
  label: 'Name',
  max: 120,
  ...initial(name),
});

/** What stands in the texts; what was emptied says nothing any more. */
const recordIn = (filled: Filled) =>
  Object.fromEntries(VENDOR_KEYS.map((key) => [key, typeof filled[key] === 'string' ? filled[key] : '']));

export const vendorAddForm: FormSpec = {
  name: 'vendor.add',
  args: texts,
  open: async (_asked, args: Args) => ({
    name: 'vendor.add',
    args: {},
    title: 'Add a vendor',
    submit: 'Add',
    items: [
      nameField(args['name']),
      {
        kind: 'text',
        name: 'key',
        label: 'Key',
        optional: true,
        max: 30,
        hint: 'The short name used in commands. Made from the name when empty.',
        ...initial(args['key']),
      },
      ...textFields(args),
    ],
  }),
  async submit(asked, _args, filled) {
    const { name } = filled;
    const key = filled['key'] ?? slug(typeof name === 'string' ? name : '');
    const added = await perform(asked, addVendor, { key, name, record: recordIn(filled) });
    return toMe(await shownVendor(asked, added.key));
  },
};

export const vendorEditForm: FormSpec = {
  name: 'vendor.edit',
  args: texts,
  async open(asked, args) {
    await assertMay(asked, editVendor, { vendor: args['vendor'] ?? '' });
    const [vendor] = await needVendors(asked.store.read, asked.org, [args['vendor'] ?? '']);
    const { key, name, revision } = vendor!;
    return {
      name: 'vendor.edit',
      args: { vendor: key, seen: String(revision) },
      title: 'Edit a vendor',
      submit: 'Save',
      items: [nameField(name), ...textFields(vendor!)],
    };
  },
  async submit(asked, args, filled) {
    const vendor = args['vendor'] ?? '';
    const { name } = filled;
    await perform(asked, editVendor, { vendor, name, seen: args['seen'], record: recordIn(filled) });
    return toMe(await shownVendor(asked, vendor));
  },
};
