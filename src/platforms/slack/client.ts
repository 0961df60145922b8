import { type Logger, webApi } from '@slack/bolt';

type WebClientOptions = NonNullable<ConstructorParameters<typeof webApi.WebClient>[1]>;

/** A call that takes longer is given up; without it a hanging connection would hang for ever. */
export const TIMEOUT_MS = 8000;

/**
 * How every call to Slack is made: never repeated by the library, which would post twice when an answer was
 * lost, and never waiting out a rate limit inside it, because the sender does that for each channel.
 */
export const clientOptions = (logger: Logger, apiUrl: string | undefined): WebClientOptions => ({
  retryConfig: { retries: 0 },
  timeout: TIMEOUT_MS,
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
  logger,
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
});

export const createClient = (token: string, logger: Logger, apiUrl: string | undefined) =>
  new webApi.WebClient(token, clientOptions(logger, apiUrl));

/** For the few calls that are made without a token. */
export const createAnonymous = (logger: Logger, apiUrl: string | undefined): Client =>
  new webApi.WebClient(undefined, clientOptions(logger, apiUrl));

export type Client = ReturnType<typeof createClient>;

const HOOKS = 'https://hooks.slack.com';

/** Posts to a `response_url`; false when Slack did not take it. The address is input, so only its path is used. */
export type Respond = (responseUrl: string, body: object) => Promise<boolean>;

export function createRespond(apiUrl: string | undefined, failed: (reason: string) => void): Respond {
  const origin = apiUrl === undefined ? HOOKS : new URL(apiUrl).origin;
  return async (responseUrl, body) => {
    const target = rebuilt(responseUrl, origin);
    if (target === undefined) return false;
    try {
      const answer = await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) failed(`status ${answer.status}`);
      return answer.ok;
    } catch (error) {
      failed(error instanceof Error ? error.name : 'unknown');
      return false;
    }
  };
}

/** The same path on Slack's own host; undefined when it is no address at all. */
function rebuilt(responseUrl: string, origin: string): string | undefined {
  if (!URL.canParse(responseUrl)) return undefined;
  const { pathname, search } = new URL(responseUrl);
  // `//host/` would name another host again.
  return `${origin}/${pathname.replace(/^\/+/, '')}${search}`;
}
