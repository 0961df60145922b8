/** One subcommand of `/pilot`, for completion in the composer. */
export interface CommandHelp {
  /** Without the slash command: `seat show <seat>`. */
  readonly usage: string;
  readonly summary: string;
  /** Whole lines, without the slash command: `seat show claims`. */
  readonly examples: readonly string[];
}

/** What the sandbox needs from the process it runs in; the composition root provides it. */
export interface SandboxHost {
  /** Business time, milliseconds since 1970. */
  now(): number;
  /** Moves business time to `to`, through every due instant, and resolves when all that follows has been done. */
  advance(to: number): Promise<void>;
  /** Like `advance`, with the people of the example doing their part on the way. */
  play(to: number): Promise<void>;
  /**
   * Makes the example anew. The workspace has been emptied before; call its `reset()` again if anything may
   * have been posted while stopping.
   */
  reset(): Promise<void>;
  commands(): readonly CommandHelp[];
  /** IANA zone in which the clock is shown. */
  readonly zone: string;
}
