import { needVendors } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { addVendor, editVendor, endVendor, reviewVendor } from '../src/actions/vendor/index.ts';
import { vendorCard, vendorListCard } from '../src/cards/vendor.ts';
import { VENDOR_NAMES, given, namedOf } from '../src/domain/record-names.ts';
import { invalid } from '../src/errors.ts';
import { loadVendor, loadVendorLines } from '../src/queries/vendor.ts';
import { paragraph } from '../src/ui/card.ts';
import type { Asked, Command } from './command.ts';
import { openForm, say, toMe } from './reply.ts';

/** The vendor as it stands now. */
export async function shownVendor(asked: Asked, key: string) {
  const db = asked.store.read;
  const [vendor] = await needVendors(db, asked.org, [key], 'ended too');
  return vendorCard(await loadVendor(db, asked.org, vendor!));
}

async function listed(asked: Asked) {
  return toMe(vendorListCard(await loadVendorLines(asked.store.read, asked.org), asked.zone));
}

function needKey(input: Readonly<Record<string, string>>, verb: string): string {
  if (input['vendor'] !== undefined) return input['vendor'];
  throw invalid('Which vendor? Give its key.', { hint: `vendor ${verb} lakeside` });
}

const FIELDS = '[sla="…"] [terms="…"] [residency="…"] [limits="…"] [cost="…"] [switching="…"] [contact="…"]';

export const vendorCommand: Command = {
  name: 'vendor',
  aliases: ['vendors'],
  summary: 'Vendors: recorded once, named by the seats they stand behind',
  defaultVerb: 'list',
  examples: [
    'vendor add lakeside "Lakeside AI" sla="99.9 % a month"',
    'vendor edit lakeside switching="Two weeks, behind our gateway"',
    'seat edit claims vendors=lakeside',
  ],
  verbs: [
    {
      name: 'list',
      usage: 'vendor list',
      summary: 'all vendors, how many seats they stand behind, and what is missing',
      positional: [],
      run: listed,
    },
    {
      name: 'show',
      usage: 'vendor show <key>',
      summary: 'service level, data-processing terms, rate limits, cost at scale, how to switch, its seats',
      positional: ['vendor'],
      run: async (asked, input) =>
        input['vendor'] === undefined ? listed(asked) : toMe(await shownVendor(asked, input['vendor'])),
    },
    {
      name: 'add',
      usage: `vendor add <key> "<name>" ${FIELDS}`,
      summary: 'add a vendor; alone it opens a form',
      positional: ['key', 'name'],
      named: ['key', 'name', ...namedOf(VENDOR_NAMES)],
      async run(asked, input) {
        const { key, name } = input;
        if (key === undefined || name === undefined) return openForm('vendor.add', { ...input });
        const added = await perform(asked, addVendor, { key, name, record: given(VENDOR_NAMES, input) });
        return toMe(await shownVendor(asked, added.key));
      },
    },
    {
      name: 'edit',
      usage: `vendor edit <key> [name="…"] ${FIELDS}`,
      summary: 'change what is known of a vendor; with the key alone it opens a form',
      positional: ['vendor'],
      named: ['vendor', 'name', ...namedOf(VENDOR_NAMES)],
      async run(asked, input) {
        const vendor = needKey(input, 'edit');
        if (Object.keys(input).length === 1) {
          const [found] = await needVendors(asked.store.read, asked.org, [vendor]);
          return openForm('vendor.edit', { vendor: found!.key });
        }
        const { name } = input;
        const record = given(VENDOR_NAMES, input);
        await perform(asked, editVendor, { vendor, record, ...(name === undefined ? {} : { name }) });
        return toMe(await shownVendor(asked, vendor));
      },
    },
    {
      name: 'review',
      usage: 'vendor review <key>',
      summary: 'say that what is known of a vendor is right today',
      positional: ['vendor'],
      async run(asked, input) {
        const { key } = await perform(asked, reviewVendor, { vendor: needKey(input, 'review') });
        return toMe(await shownVendor(asked, key));
      },
    },
    {
      name: 'end',
      usage: 'vendor end <key> because="…"',
      summary: 'it is no longer a vendor; only when no seat names it',
      positional: ['vendor', '...because'],
      named: ['vendor', 'because'],
      async run(asked, input) {
        const vendor = needKey(input, 'end');
        if (!input['because'])
          throw invalid('Say why, too.', { hint: `vendor end ${vendor} because="Replaced by Hillside"` });
        const { key, name } = await perform(asked, endVendor, { vendor, because: input['because'] });
        return say(`${name} is no longer a vendor`, paragraph(`What was known stays: vendor show ${key}`));
      },
    },
  ],
};
