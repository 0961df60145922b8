import type { InventoryRecord } from '../src/domain/inventory.ts';
import type { VendorRecord } from '../src/domain/vendor.ts';

interface ExampleVendor {
  readonly key: string;
  readonly name: string;
  readonly record: Partial<VendorRecord>;
}

/** One is known well, of the other something is missing. */
export const VENDORS: readonly ExampleVendor[] = [
  {
    key: 'lakeside',
    name: 'Lakeside AI',
    record: {
      sla: '99.9 % a month; answers within 2 s for 95 of 100 calls; credit of 10 % below that',
      terms: 'Processing agreement of 2026; no training on our data; kept for 30 days; three subprocessors',
      residency: 'Frankfurt and Dublin',
      rateLimits: '600 calls and 400,000 tokens a minute; beyond that calls wait',
      cost: 'About 4,100 € a month at 90,000 claims',
      switching: 'Two weeks: all calls go through our gateway, prompts are kept apart from the vendor',
      contact: 'accounts@lakeside.example',
    },
  },
  {
    key: 'inkwell',
    name: 'Inkwell Capture',
    record: { sla: '99.5 % a month', cost: '0.9 cents a page', contact: 'help@inkwell.example' },
  },
];

interface ExampleRecord {
  readonly seat: string;
  /** Key of the seat above. */
  readonly parent?: string;
  readonly vendors?: readonly string[];
  readonly record: Partial<InventoryRecord>;
}

/** What the inventory says; of some seats little, so that there is something to fill in. */
export const RECORDS: readonly ExampleRecord[] = [
  {
    seat: 'claims',
    vendors: ['lakeside'],
    record: {
      useCase:
        'Every claim that comes in is put into the queue of its line and its urgency; a clerk used to do it.',
      users: '40 handlers in four teams',
      dataSources: ['Claim file', 'Policy data', 'Letters and e-mails of claimants'],
      modelClass: 'Large language model with a rule set',
      modelProvider: 'Lakeside AI',
      integrations: ['Claim file (read, write)', 'Policy administration (read)'],
      posture:
        'High risk by our own policy; a person decides on every refusal; decisions are kept for ten years.',
      source: 'Workshop of the claims department',
    },
  },
  {
    seat: 'intake',
    parent: 'claims',
    vendors: ['inkwell'],
    record: {
      useCase: 'Reads scanned documents into the claim file.',
      users: 'Scan centre, six people',
      dataSources: ['Scanned documents'],
      modelClass: 'Document recognition',
      modelProvider: 'Inkwell',
      integrations: ['Claim file (write)'],
    },
  },
  {
    seat: 'fraud',
    parent: 'claims',
    record: {
      useCase: 'Marks claims that deserve a second look.',
      dataSources: ['Claim file', 'Payments'],
      modelClass: 'Classifier',
      modelProvider: 'Own',
    },
  },
  {
    seat: 'subro',
    parent: 'claims',
    record: { useCase: 'Finds claims where somebody else has to pay.', source: 'Suggested by handlers' },
  },
  {
    seat: 'letters',
    vendors: ['lakeside'],
    record: {
      useCase: 'Drafts decision letters.',
      users: '40 handlers',
      modelClass: 'Large language model',
      modelProvider: 'Lakeside AI',
      integrations: ['Claim file (read)'],
    },
  },
  {
    seat: 'coverage',
    parent: 'letters',
    vendors: ['lakeside'],
    record: { modelClass: 'Large language model with retrieval', modelProvider: 'Lakeside AI' },
  },
];
