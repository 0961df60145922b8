import { webApi } from '@slack/bolt';
import type { Logger } from '@slack/bolt';
import { clientOptions } from './client.ts';

/** Slack's code for why a call failed; undefined when Slack gave none. */
export const codeOfSlack = (error: unknown): string | undefined =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;

/** The token is worth nothing any more, whatever it is used for (docs.slack.dev, errors of auth.test). */
const LOST: ReadonlySet<string> = new Set(['token_revoked', 'invalid_auth', 'account_inactive']);

export const saysLost = (code: string | undefined): boolean => code !== undefined && LOST.has(code);
export const saysExpired = (code: string | undefined): boolean => code === 'token_expired';

/** Called when Slack refuses the token, with its code. Answers with a token to try again with, where there is one. */
export type OnRefused = (code: string) => Promise<string | undefined>;

/** A client that has its token renewed when Slack says that it expired, and tells when it was taken back. */
class WatchingClient extends webApi.WebClient {
  readonly #refused: OnRefused;

  constructor(token: string, options: ReturnType<typeof clientOptions>, refused: OnRefused) {
    super(token, options);
    this.#refused = refused;
  }

  override async apiCall(
    method: string,
    options: Record<string, unknown> = {},
  ): Promise<webApi.WebAPICallResult> {
    try {
      return await super.apiCall(method, options);
    } catch (error) {
      const code = codeOfSlack(error);
      const again = saysLost(code) || saysExpired(code) ? await this.#refused(code ?? '') : undefined;
      if (again === undefined) throw error;
      // Slack did nothing for the token that it refused, so this is no repetition.
      return super.apiCall(method, { ...options, token: again });
    }
  }
}

export const createWatchingClient = (
  token: string,
  logger: Logger,
  apiUrl: string | undefined,
  refused: OnRefused,
): webApi.WebClient => new WatchingClient(token, clientOptions(logger, apiUrl), refused);
