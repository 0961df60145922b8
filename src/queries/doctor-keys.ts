import { type Installation, installationsOf } from '../../db/orgs.ts';
import type { App } from '../context.ts';
import type { Check } from './doctor.ts';
import { sealedBy } from './keys.ts';

const many = (n: number, what: string): string => (n === 1 ? `1 ${what} is` : `${n} ${what}s are`);

/** Whether everything that is kept sealed opens, and with which key. */
export async function keysCheck({ store, keys }: App, org: string): Promise<Check> {
  const name = 'encryption key';
  const { old, unknown, unrecorded } = await sealedBy(store.read, keys, org);
  if (unknown > 0) {
    return {
      name,
      state: 'fault',
      says: `${many(unknown, 'stored value')} sealed with a key that is not given.`,
      do: 'Put that key into COXSWAIN_ENCRYPTION_KEYS_OLD; or install in that workspace again and make new tokens.',
    };
  }
  if (old > 0 || unrecorded > 0) {
    return {
      name,
      state: 'warning',
      says: old > 0 ? `${many(old, 'value')} still under an old key.` : 'an old key is still given.',
      do: 'Run “coxswain keys rotate”, and take the old key away when it says that nothing is left.',
    };
  }
  const says =
    keys.oldSigners.length > 0 ? 'everything is under the present one' : 'one, and it opens everything';
  return keys.oldSigners.length > 0
    ? {
        name,
        state: 'ok',
        says,
        do: 'COXSWAIN_ENCRYPTION_KEYS_OLD can be emptied; docs/administer.md says what ends by it.',
      }
    : { name, state: 'ok', says };
}

const unwell = ({ active, trouble }: Installation): boolean => !active || trouble !== null;

/** Workspaces that removed Coxswain, or whose tokens cannot be renewed. */
export async function installationCheck({ store }: App, org: string): Promise<Check> {
  const name = 'installations';
  const installations = await installationsOf(store.read, org);
  const [first, ...more] = installations.filter(unwell);
  if (first === undefined) return { name, state: 'ok', says: 'all work' };
  const others = more.length === 0 ? '' : ` So are ${more.length} others.`;
  return {
    name,
    state: first.active ? 'warning' : 'fault',
    says: `${first.name} is ${first.active ? 'about to end' : 'out of reach'}: ${first.trouble ?? 'it was removed'}.${others}`,
    do: 'Install Coxswain there again: at /slack/install, or with a new token of its app in the configuration.',
  };
}
