import { z } from 'zod';
import { needSeat, needVendors } from '../src/actions/find.ts';
import { seatListCard } from '../src/cards/seat-list.ts';
import { invalid } from '../src/errors.ts';
import { type SeatFilter, type SeatSearch, filterOf, lineOf, searchOf } from '../src/domain/seat-filter.ts';
import { mentionOf } from '../src/grammar/mention.ts';
import { tokenize } from '../src/grammar/tokenize.ts';
import { channelCalled } from '../src/queries/channel.ts';
import { loadSeatList } from '../src/queries/seat-list.ts';
import { type ExportArgs, exportSeats } from '../src/queries/seat-export.ts';
import type { Answer, Asked, Command } from './command.ts';
import { needPerson } from './people.ts';
import { toMe } from './reply.ts';

type Input = Readonly<Record<string, string>>;

/** Names of `key=value`, with the other names that people try. */
const NAMED = [
  'stage',
  'risk|tier',
  'holder',
  'level',
  'readiness|ready',
  'owner|person',
  'channel',
  'provider|model-provider',
  'vendor',
  'sort|order',
  'page',
];

const searchIn = (input: Input): SeatSearch =>
  searchOf(
    tokenize(input['words'] ?? '').map((token) => (token.key === undefined ? token.text : token.raw)),
    input,
  );

/** What a button of the list carries: read as if it were typed again. */
export const searchSchema = z
  .object({
    words: z.array(z.string()),
    flags: z.array(z.string()),
    named: z.record(z.string(), z.string()),
    sort: z.string().optional(),
  })
  .transform(({ words, flags, named, sort }) =>
    searchOf([...words, ...flags], { ...named, ...(sort === undefined ? {} : { sort }) }),
  );

/** With the ids of the people, channels and vendors that are meant. */
async function filterIn(asked: Asked, search: SeatSearch): Promise<SeatFilter> {
  const { owner, channel, vendor } = search.named;
  const vendors =
    vendor === undefined ? [] : await needVendors(asked.store.read, asked.org, [vendor], 'ended too');
  return filterOf(search, {
    ...(owner === undefined ? {} : { owner: (await needPerson(asked, owner)).id }),
    ...(channel === undefined ? {} : { channel: await channelFor(asked, channel) }),
    ...(vendors[0] === undefined ? {} : { vendor: vendors[0].id }),
  });
}

async function channelFor(asked: Asked, word: string): Promise<string> {
  const here = ['here', 'this'].includes(word.toLowerCase()) ? await asked.channel() : undefined;
  if (here !== undefined) return here;
  const mention = mentionOf(word);
  const ref = mention?.kind === 'channel' ? mention.ref : undefined;
  const found = await channelCalled(asked.store.read, asked.org, asked.from, ref, word.replace(/^#/, ''));
  if (found.length === 1) return found[0]!;
  throw invalid(
    `“${word.slice(0, 60)}” is not clear: ${found.length === 0 ? 'no channel of that name is known here' : 'more than one channel has that name'}.`,
    { hint: 'seat list channel=here' },
  );
}

function pageOf(text: string | undefined): number {
  if (text === undefined) return 1;
  if (/^[1-9]\d{0,4}$/.test(text.trim())) return Number(text);
  throw invalid('The page is a whole number from 1.', { hint: 'seat list page=2' });
}

/** One page of the seats that fit. */
export async function seatPage(asked: Asked, search: SeatSearch, page: number) {
  const filter = await filterIn(asked, search);
  return seatListCard(await loadSeatList(asked.store.read, asked.org, filter, page), search);
}

const list = async (asked: Asked, input: Input): Promise<Answer> =>
  toMe(await seatPage(asked, searchIn(input), pageOf(input['page'])));

function formatOf(text: string | undefined): 'csv' | 'json' {
  const format = (text ?? 'csv').toLowerCase();
  if (format === 'csv' || format === 'json') return format;
  throw invalid(`“${format.slice(0, 20)}” is no format: choose csv or json.`, {
    hint: 'seat export format=json',
  });
}

async function exportThem(asked: Asked, input: Input): Promise<Answer> {
  const format = formatOf(input['format']);
  const search = searchIn(input);
  // One word that is the key of a seat means that seat, and no search.
  const [word, ...more] = search.words;
  const alone = word !== undefined && more.length === 0 && lineOf(search, '').trim() === word;
  const seat = alone ? await needSeat(asked.store.read, asked.org, word).catch(() => undefined) : undefined;
  const filter = seat === undefined ? await filterIn(asked, search) : undefined;
  const args: ExportArgs = {
    format,
    person: asked.me.id,
    ...(seat === undefined ? {} : { seat: seat.id }),
    ...(filter === undefined ? {} : { filter: { ...filter, flags: [...filter.flags] } }),
  };
  const text = await exportSeats(asked.store.read, asked.org, args);
  return {
    kind: 'file',
    name: seat === undefined ? `seats.${format}` : `seat-${seat.key}.${format}`,
    title: seat === undefined ? 'Seats' : seat.name,
    text,
    document: { name: 'seats', args },
  };
}

export const seatListVerbs: Command['verbs'] = [
  {
    name: 'list',
    aliases: ['search', 'find'],
    usage:
      'seat list [words …] [stage=pilot] [risk=high] [holder=ai] [level=3..] [readiness=red] [owner=@person] [channel=here] [provider=…] [vendor=…] [unowned|incomplete|halted|retired|all] [sort=readiness]',
    summary: 'all seats, or those that fit; pages have buttons',
    positional: ['...words'],
    named: NAMED,
    run: list,
  },
  {
    name: 'export',
    usage: 'seat export [key or words …] [filters as in seat list] [format=csv|json]',
    summary: 'seats with owners, readiness and their whole records, as a file',
    positional: ['...words'],
    named: [...NAMED, 'format'],
    run: exportThem,
  },
];
