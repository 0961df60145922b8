/** A message, as Slack names it. */
interface At {
  readonly channel: string;
  readonly ts: string;
  /** The first message of the thread it stands in. */
  readonly thread?: string | undefined;
}

/**
 * The address of a message, made as Slack makes it (docs.slack.dev/reference/methods/chat.getPermalink) without asking
 * for it. `workspace` is what `auth.test` calls the workspace's `url`; it ends in a slash.
 */
export function permalink(workspace: string, { channel, ts, thread }: At): string {
  const base = `${workspace}archives/${channel}/p${ts.replace('.', '')}`;
  return thread === undefined || thread === ts ? base : `${base}?thread_ts=${thread}&cid=${channel}`;
}
