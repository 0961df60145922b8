import { z } from 'zod';
import { setNudges } from '../src/actions/digest/index.ts';
import { acknowledgeIssue, closeIssue } from '../src/actions/issue/index.ts';
import { cancelImport, startImport } from '../src/actions/inventory/index.ts';
import { erasePerson } from '../src/actions/org/index.ts';
import { assertMay, perform } from '../src/actions/perform.ts';
import { approveRubric } from '../src/actions/rubric/index.ts';
import { trackPriority } from '../src/actions/priority/index.ts';
import { acceptSeat } from '../src/actions/seat/index.ts';
import { importReport } from '../src/queries/inventory-import.ts';
import { acceptOffers } from './accept.ts';
import { erasedCard } from '../src/cards/person.ts';
import { trackedSentence } from './priority.ts';
import { logImport } from './import.ts';
import { searchSchema, seatPage } from './seat-list.ts';
import { confirmLink, confirmSingle, forgetKept, refuseLink } from '../src/actions/person/index.ts';
import type { Answer, Asked } from './command.ts';
import { linkedTo, redeemed } from './link.ts';
import { toMe } from './reply.ts';

/** What a button does. Buttons go through the same actions as commands, so they are authorised and audited alike. */
export interface PressSpec {
  readonly name: string;
  readonly run: (asked: Asked, payload: unknown) => Promise<Answer>;
}

const press = <P>(
  name: string,
  payload: z.ZodType<P>,
  run: (asked: Asked, payload: P) => Promise<Answer>,
): PressSpec => ({
  name,
  run: (asked, raw) => run(asked, payload.parse(raw)),
});

/** The message itself is updated by the sender, wherever else it is shown too. */
export const PRESSES: readonly PressSpec[] = [
  press('admin.erase', z.object({ person: z.string() }), async (asked, { person }) => {
    const { texts, vacated } = await perform(asked, erasePerson, { person });
    const roles = vacated === 0 ? '' : ` ${vacated} roles are vacant now.`;
    return { kind: 'replace', card: erasedCard(texts, roles) };
  }),
  press('issue.acknowledge', z.object({ issue: z.string() }), async (asked, { issue }) => {
    const { ref, waitsFor } = await perform(asked, acknowledgeIssue, { issue });
    return {
      kind: 'done',
      say:
        waitsFor.length === 0
          ? `You have ${ref}. The pings have stopped.`
          : `Noted. ${ref} waits for ${waitsFor.join(', ')} too.`,
    };
  }),
  press('issue.close', z.object({ issue: z.string() }), async (asked, { issue }) => {
    const { ref } = await perform(asked, closeIssue, { issue });
    return { kind: 'done', say: `${ref} is closed.` };
  }),
  press('nudges.off', z.object({}), async (asked) => {
    await perform(asked, setNudges, { on: false });
    return { kind: 'done', say: 'You are not reminded before digests any more. “nudges on” brings it back.' };
  }),
  press('priority.track', z.object({ priority: z.string(), on: z.boolean() }), async (asked, word) => {
    return { kind: 'done', say: trackedSentence(await perform(asked, trackPriority, word)) };
  }),
  press(
    'seat.page',
    z.object({ search: searchSchema, page: z.number().int().min(1) }),
    async (asked, { search, page }) => ({ kind: 'replace', card: await seatPage(asked, search, page) }),
  ),
  press('seat.accept', z.object({ owner: z.string() }), async (asked, { owner }) => {
    const { seat, role } = await perform(asked, acceptSeat, { owner });
    return { kind: 'done', say: `You are the ${role} owner of ${seat}.` };
  }),
  press('rubric.approve', z.object({ key: z.string(), version: z.number() }), async (asked, payload) => {
    const { version, as, adopted } = await perform(asked, approveRubric, payload);
    const right = as === 'business' ? 'business owner' : 'governor';
    const then = adopted ? 'It holds from now on.' : 'It waits for one more approval.';
    return { kind: 'done', say: `You approved version ${version} as ${right}. ${then}` };
  }),
  press('inventory.start', z.object({ import: z.string(), byKey: z.boolean() }), async (asked, payload) => {
    const { file, rows } = await perform(asked, startImport, payload);
    return {
      kind: 'done',
      say: `${file}: ${rows.toLocaleString('en')} rows are being imported. The message shows how far it is.`,
    };
  }),
  press('inventory.cancel', z.object({ import: z.string() }), async (asked, payload) => {
    const { file } = await perform(asked, cancelImport, payload);
    return { kind: 'done', say: `${file} was not imported.` };
  }),
  press('inventory.report', z.object({ import: z.string() }), async (asked, payload) => {
    await assertMay(asked, cancelImport, payload);
    return {
      kind: 'file',
      title: 'What becomes of each row',
      ...(await importReport(asked.store.read, asked.org, payload.import)),
      document: { name: 'import-report', args: payload },
    };
  }),
  press('import.log', z.object({ import: z.string() }), async (asked, { import: id }) => ({
    kind: 'replace',
    card: await logImport(asked, id),
  })),
  press('person.link', z.object({ code: z.string() }), async (asked, { code }) => ({
    kind: 'replace',
    card: await redeemed(asked, code, true),
  })),
  press('person.confirm-link', z.object({ person: z.string() }), async (asked, payload) => {
    const { person } = await perform(asked, confirmLink, payload);
    return toMe(await linkedTo(asked, person ?? asked.me.id));
  }),
  press('person.refuse-link', z.object({ person: z.string() }), async (asked, payload) => {
    await perform(asked, refuseLink, payload);
    return { kind: 'done', say: 'Nothing was linked, and the code is void.' };
  }),
  press('person.confirm-single', z.object({ person: z.string() }), async (asked, payload) => {
    const { name } = await perform(asked, confirmSingle, payload);
    return { kind: 'done', say: `Confirmed. The approvals of ${name} count.` };
  }),
  press('person.forget-kept', z.object({}), async (asked) => {
    await perform(asked, forgetKept, {});
    return { kind: 'done', say: 'Forgotten.' };
  }),
  press('seat.accept-all', z.object({}), async (asked) => {
    const accepted = await acceptOffers(asked);
    return { kind: 'done', say: `You accepted ${accepted.length} roles.` };
  }),
];
