import { suggest } from '../src/domain/suggest.ts';
import { listSeatOptions } from '../src/queries/scope.ts';
import { seatOptionsForTokens } from '../src/queries/token.ts';
import { vendorOptions } from '../src/queries/vendor.ts';
import type { Option } from '../src/ui/form.ts';
import type { Asked } from './command.ts';

type Source = (asked: Asked, typed: string) => Promise<readonly Option[]>;

/** What search fields ask while somebody types, by the name that the field carries. Each offers what its asker may see. */
export const SOURCES: Readonly<Record<string, Source>> = {
  seats: async ({ store, org }, typed) => suggest(await listSeatOptions(store.read, org), typed),
  tokenseats: async ({ store, org, me }, typed) =>
    suggest((await seatOptionsForTokens(store.read, org, me)).seats, typed),
  vendors: async ({ store, org }, typed) => suggest(await vendorOptions(store.read, org), typed),
};
