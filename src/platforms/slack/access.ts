import type { Logger } from '@slack/bolt';
import type { Log } from '../../log.ts';
import { createMemory } from '../memory.ts';
import { type Installed, SendError } from '../platform.ts';
import { type Client, createClient } from './client.ts';
import { type ReadFile, createReadFile } from './files.ts';
import type { Modals, OpenModal } from './modals.ts';
import { codeOfSlack, createWatchingClient, saysExpired, saysLost } from './refused.ts';
import { NOT_INSTALLED, type TokenSource } from './tokens.ts';

/** How one workspace, or one Grid, is called. */
export interface Access {
  readonly client: Client;
  readonly openModal: OpenModal;
  readonly readFile: ReadFile;
  /** Our own bot user there. */
  readonly self: string | undefined;
  /** The workspace's own address; ends in a slash. */
  readonly address: string | undefined;
}

/** Throws SendError where Coxswain is not installed. */
export type AccessOf = (tenant: string) => Promise<Access>;

export interface AccessDeps {
  readonly apiUrl: string | undefined;
  readonly logger: Logger;
  readonly log: Log;
  readonly modals: Modals;
  /** Undefined without OAuth. */
  readonly tokens: TokenSource | undefined;
  /** Tells that a tenant took the token back. */
  readonly ended: (tenant: string, why: string, until?: number) => Promise<void>;
}

/** The token of the configuration, and the workspace that it belongs to once Slack has told. */
export interface Own {
  readonly token: string;
  readonly tenant: string | undefined;
  readonly self: string | undefined;
  readonly address: string | undefined;
}

/** Clients that are kept; others are made again when they are needed. */
const KEPT = 500;

export interface AccessTo {
  readonly of: AccessOf;
  /** Slack says that the tenant removed Coxswain, or took its token back: believed unless the token still works. */
  gone(tenant: string, why: string): Promise<void>;
}

export function createAccess(deps: AccessDeps, own: () => Own | undefined): AccessTo {
  const { apiUrl, logger, log, modals, tokens } = deps;
  const kept = createMemory<string, { readonly version: number; readonly access: Access }>(KEPT);
  const mine = createMemory<Own, Access>(2);

  const make = (
    token: string,
    refused: (code: string) => Promise<string | undefined>,
    who: Pick<Access, 'self' | 'address'>,
  ): Access => {
    const client = createWatchingClient(token, logger, apiUrl, refused);
    return {
      client,
      openModal: async (method, trigger, view) => {
        const { error, id } = await modals.open(token, method, trigger, view);
        if (error === undefined) return id;
        // A trigger lives three seconds: this modal is lost, but the next one will not be.
        if (saysExpired(error) || saysLost(error)) await refused(error);
        throw new Error(`Slack answered ${error}`);
      },
      readFile: createReadFile({
        client,
        token,
        ...(apiUrl === undefined ? {} : { apiUrl }),
        failed: (reason) => log.warn({ reason }, 'Slack did not hand a file over'),
      }),
      ...who,
    };
  };

  /** Asked before anything is erased: one answer alone may be a mistake of Slack's. */
  async function works(token: string): Promise<boolean | 'unknown'> {
    try {
      await createClient(token, logger, apiUrl).auth.test();
      return true;
    } catch (error) {
      const code = codeOfSlack(error);
      return saysLost(code) || saysExpired(code) ? false : 'unknown';
    }
  }

  function ofOwn(o: Own): Access {
    const known = mine.get(o);
    if (known !== undefined) return known;
    const refused = async (code: string) => {
      if (saysLost(code) && o.tenant !== undefined && (await works(o.token)) === false)
        await deps.ended(o.tenant, `Slack refuses its token (${code})`);
      return undefined;
    };
    const access = make(o.token, refused, o);
    mine.set(o, access);
    return access;
  }

  function ofInstalled(source: TokenSource, installed: Installed): Access {
    const { tenant, version, details } = installed;
    const known = kept.get(tenant);
    if (known?.version === version) return known.access;
    const { access: token } = installed.tokens();
    const refused = async (code: string): Promise<string | undefined> => {
      if (saysExpired(code)) return (await source.after(installed))?.tokens().access;
      const now = await source.current(tenant).catch(() => undefined);
      if (now !== undefined && now.version !== version) return now.tokens().access;
      if (now !== undefined && (await works(token)) === false)
        await deps.ended(tenant, `Slack refuses its token (${code})`);
      return undefined;
    };
    const access = make(token, refused, { self: details.bot, address: details.url ?? undefined });
    kept.set(tenant, { version, access });
    return access;
  }

  const isOwn = (tenant: string): Own | undefined => {
    const o = own();
    return o !== undefined && (tokens === undefined || o.tenant === tenant) ? o : undefined;
  };

  return {
    async of(tenant) {
      const o = isOwn(tenant);
      if (o !== undefined) return ofOwn(o);
      if (tokens === undefined) throw new SendError('unreachable', NOT_INSTALLED);
      try {
        return ofInstalled(tokens, await tokens.current(tenant));
      } catch (error) {
        if (error instanceof SendError) throw error;
        log.error({ err: error, tenant }, 'the token of a Slack workspace could not be read');
        throw new SendError('transient', 'the token of this workspace could not be read');
      }
    },
    async gone(tenant, why) {
      const o = isOwn(tenant);
      const token = o?.token ?? (await tokens?.current(tenant).catch(() => undefined))?.tokens().access;
      if (token !== undefined && (await works(token)) === true) return;
      await deps.ended(tenant, why);
    },
  };
}
