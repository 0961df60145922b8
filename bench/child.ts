import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of the benchmark, and the questions that it answers over its channel. */
export interface Child {
  /** Rejects when the child fails, ends, or takes longer than `timeoutMs`. */
  ask<T>(question: string, args?: unknown, timeoutMs?: number): Promise<T>;
  stop(): Promise<void>;
}

interface Asked {
  readonly id: number;
  readonly question: string;
  readonly args: unknown;
}

interface Answered {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

const TIMEOUT_MS = 300_000;
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill()));

/** Starts `bench/<script>` with the options of Node given. */
export function startChild(script: string, execArgv: readonly string[] = []): Child {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = fork(path, { execArgv: [...execArgv], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const waiting = new Map<number, (answered: Answered) => void>();
  let asked = 0;
  running.add(child);
  child.on('message', (message) => {
    const answered = message as Answered;
    waiting.get(answered.id)?.(answered);
    waiting.delete(answered.id);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      const error = `${script} ended with ${signal ?? code ?? 'no code'}`;
      for (const [id, answer] of waiting) answer({ id, error });
      resolve();
    });
  });
  return {
    ask: <T>(question: string, args: unknown = {}, timeoutMs = TIMEOUT_MS) =>
      new Promise<T>((resolve, reject) => {
        const id = (asked += 1);
        const late = setTimeout(
          () => reject(new Error(`${script} did not answer ${question} in ${timeoutMs} ms`)),
          timeoutMs,
        );
        waiting.set(id, ({ result, error }) => {
          clearTimeout(late);
          // The two ends of one channel are written together: the answer is what the question promises.
          if (error === undefined) resolve(result as T);
          else reject(new Error(`${script} ${question}: ${error}`));
        });
        child.send({ id, question, args } satisfies Asked);
      }),
    async stop() {
      child.kill();
      await ended;
    },
  };
}

type Answers = Readonly<Record<string, (args: never) => unknown>>;

/** The other end: answers questions until the parent goes away. */
export function answerParent(answers: Answers): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message) => {
    const { id, question, args } = message as Asked;
    const answer = answers[question];
    const work = async () => {
      if (answer === undefined) throw new Error('no such question');
      return answer(args as never);
    };
    work().then(
      (result) => process.send?.({ id, result } satisfies Answered),
      (error: unknown) =>
        process.send?.({
          id,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        } satisfies Answered),
    );
  });
}
