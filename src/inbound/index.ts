import { COMMANDS } from '../../commands/index.ts';
import type { Answer, Asked } from '../../commands/command.ts';
import type { Args, FormSpec } from '../../commands/form.ts';
import { formNamed } from '../../commands/forms/index.ts';
import { myDay } from '../../commands/me.ts';
import { PRESSES } from '../../commands/presses.ts';
import { channelByRef } from '../../db/orgs.ts';
import { explain, readThrough } from '../../db/store.ts';
import { sightOfChannel, sightOfPerson } from '../../db/visibility.ts';
import type { Person } from '../../db/people.ts';
import { keepAction } from '../actions/person/index.ts';
import { perform } from '../actions/perform.ts';
import { linkOfferCard } from '../cards/accounts.ts';
import { errorCard } from '../cards/answers.ts';
import type { App } from '../context.ts';
import { CoxswainError, invalid } from '../errors.ts';
import { parseLine } from '../grammar/route.ts';
import { mentionOf } from '../grammar/mention.ts';
import type { Vitals } from '../queries/doctor.ts';
import type { Envelope, Inbound, Reply, SubmitReply } from '../platforms/platform.ts';
import type { JsonObject, Press } from '../ui/card.ts';
import type { Form } from '../ui/form.ts';
import { type Reader, forReader } from '../ui/reader.ts';
import { ZodError } from 'zod';
import { again, remembered, toldApart } from './again.ts';
import { fill, refs, withoutFiles } from './filled.ts';
import type { Identifier } from './identify.ts';
import { learn, tenantOf } from './learn.ts';
import { offered } from './searched.ts';
import { comment, looksLikeCommand, orKeepIt } from './thread.ts';

interface Options {
  readonly identifier: Identifier;
  readonly vitals: () => Vitals;
}

/** Everything people do, from every surface: who they are, which command, press or form, and faults as sentences. */
export function createInbound(app: App, { identifier, vitals }: Options): Inbound {
  async function ask(from: Envelope): Promise<Asked> {
    const { org, zone, me, restricted } = await identifier.identify(from);
    const { platform, tenant, place } = from;
    const read = await sightOfPerson(app.store.read, org, me, restricted);
    return {
      ...app,
      store: readThrough(app.store, read),
      org,
      actor: { kind: 'person', person: me.id },
      requestKey: from.requestKey,
      from,
      me,
      zone,
      restricted,
      vitals,
      personOf: (ref) => identifier.personOf(org, platform, tenant, { ref }),
      async shownHere() {
        if (!restricted || place.kind === 'direct') return read;
        const known = await channelByRef(read, org, platform, tenant, place.ref);
        return sightOfChannel(read, org, known?.id, restricted);
      },
      async channel() {
        if (place.kind === 'direct') return undefined;
        const known = await channelByRef(app.store.read, org, platform, tenant, place.ref);
        // That somebody types here does not mean that Coxswain was invited: only the platform says so.
        if (known !== undefined) return known.id;
        const conversation = { ref: place.ref };
        return learn(app, identifier, org, from, { kind: 'conversation', place, reference: conversation });
      },
    };
  }

  const inOrg = (from: Envelope, org: string) => (ref: string) =>
    identifier.known(org, from.platform, from.tenant, ref);

  /** A fault that is not a sentence for people is logged and becomes one. */
  function sentence(error: unknown, what: string): CoxswainError {
    if (error instanceof CoxswainError) return error;
    if (error instanceof ZodError)
      return invalid('This button or form is from an older version of Coxswain. Please open it anew.');
    app.log.error({ err: error, what }, 'a request failed');
    // Also of what was only read.
    const told = explain(error);
    if (told instanceof CoxswainError) return told;
    return new CoxswainError(
      'internal',
      'Something went wrong on our side; nothing was changed. The log of Coxswain says what.',
    );
  }

  const refuse = (error: unknown, what: string): Extract<Reply, { kind: 'card' }> => ({
    kind: 'card',
    card: errorCard(sentence(error, what)),
    to: 'me',
  });

  /** Refused until accounts are linked: what was asked is kept, and the way there is offered. */
  async function offer(from: Envelope, error: unknown, kept: { label: string; on: Press }) {
    if (!(error instanceof CoxswainError) || error.offer === undefined) return undefined;
    try {
      await perform({ ...(await ask(from)), requestKey: `${from.requestKey}/kept` }, keepAction, kept);
    } catch (fault) {
      sentence(fault, 'keep');
    }
    return { kind: 'card', card: linkOfferCard(error), to: 'me' } as const;
  }

  return {
    async command(from, line) {
      try {
        if (from.place.thread !== undefined && !looksLikeCommand(line)) {
          const asked = await ask(from);
          const said = await namesInTexts({ line }, inOrg(from, asked.org));
          const kept = await comment(asked, said['line']!);
          if (kept !== undefined) return kept;
        }
        const { verb, input } = parseLine(COMMANDS, line);
        if ('answer' in verb) return verb.answer(input);
        const asked = await ask(from);
        const words = await namesInTexts(input, inOrg(from, asked.org), verb.mentions);
        return await opened(asked, await verb.run(asked, words));
      } catch (error) {
        const offered = await offer(from, error, { label: 'Do it now', on: { kind: 'command', line } });
        if (offered !== undefined) return offered;
        const reply = refuse(error, 'command');
        if (from.place.thread === undefined) return reply;
        const shown = async () => orKeepIt(await ask(from), line, reply.card, sentence(error, 'command'));
        return { ...reply, card: await shown().catch(() => reply.card) };
      }
    },

    async press(from, name, payload) {
      try {
        const spec = PRESSES.find((press) => press.name === name);
        if (spec === undefined)
          throw invalid(
            'This button is from an older version of Coxswain. Type “me” to see what waits for you.',
          );
        const asked = await ask(from);
        return await opened(asked, await spec.run(asked, payload));
      } catch (error) {
        // Guarantee of the cast: a button's payload is an object; the schema of the action asks again.
        const on = { kind: 'press', name, payload: payload as JsonObject } as const;
        return (await offer(from, error, { label: 'Do it now', on })) ?? refuse(error, `press ${name}`);
      }
    },

    async open(from, name, args) {
      try {
        const spec = formNamed(name);
        const asked = await ask(from);
        return await opened(asked, {
          kind: 'form',
          form: await formOf(spec, asked, spec.args.parse(toldApart(args).own)),
        });
      } catch (error) {
        return refuse(error, `open ${name}`);
      }
    },

    async submit(from, name, args, raw) {
      const { own, was } = toldApart(args);
      let refused: ((said: CoxswainError) => Promise<SubmitReply>) | undefined;
      try {
        const spec = formNamed(name);
        const asked = await ask(from);
        const known = spec.args.parse(own);
        const resolved = await refs(asked, raw);
        refused = async (said) => again(asked, await formOf(spec, asked, known), was, resolved, said);
        return await opened(asked, await spec.submit(asked, known, fill(resolved)));
      } catch (error) {
        const filled = { ...(own as JsonObject), ...withoutFiles(raw) };
        const on = { kind: 'form', name, args: filled } as const;
        const offered = await offer(from, error, { label: 'Open the form again', on });
        if (offered !== undefined) return offered;
        const said = sentence(error, `submit ${name}`);
        // The same form again with what was typed; where it cannot be opened any more, the sentence alone says why.
        return (await refused?.(said).catch(() => undefined)) ?? refuse(said, `submit ${name}`);
      }
    },

    async keep(from, name, args, raw) {
      try {
        const spec = formNamed(name);
        if (spec.keep === undefined) return;
        const asked = await ask(from);
        await spec.keep(asked, spec.args.parse(toldApart(args).own), fill(await refs(asked, raw)));
      } catch (error) {
        // Nobody waits for it, and what is wrong is said when the form is sent.
        sentence(error, `keep ${name}`);
      }
    },

    async suggest(from, source, typed) {
      try {
        return await offered(await ask(from), source, typed);
      } catch (error) {
        // A list cannot say why it is empty; what is wrong is said when the form is sent.
        sentence(error, `suggest ${source}`);
        return [];
      }
    },

    async home(from) {
      try {
        const asked = await ask(from);
        return forWho(asked, await myDay(asked), `person:${asked.me.id}`);
      } catch (error) {
        return errorCard(sentence(error, 'home'));
      }
    },

    async learn(platform, tenant, fact) {
      try {
        const { org, from } = await tenantOf(app, platform, tenant);
        if (org !== undefined) await learn(app, identifier, org, from, fact);
      } catch (error) {
        app.log.error({ err: error, fact: fact.kind }, 'a fact about the platform could not be kept');
      }
    },
  };
}

/**
 * A form as it opens: what keeps drafts says so to the adapters. Others remember what they opened with; what a draft
 * holds changes by who fills it in.
 */
async function formOf(spec: FormSpec, asked: Asked, args: Args): Promise<Form> {
  const form = await spec.open(asked, args);
  if (spec.draft !== undefined) return { ...form, draft: spec.draft };
  if (Object.keys(args).every((name) => Object.hasOwn(form.args, name))) return remembered(form);
  // Some of it was filled in from the arguments and is not in those that come back.
  const own = spec.args.safeParse(form.args);
  const again = own.success ? await spec.open(asked, own.data).catch(() => undefined) : undefined;
  return again === undefined ? form : remembered(form, again);
}

/** A form that was only named is opened, and what is shown says for whom, where not everyone may see everything. */
async function opened<R extends Reply>(
  asked: Asked,
  answer: R | Extract<Answer, { kind: 'open' }>,
): Promise<R | Extract<Reply, { kind: 'form' }>> {
  if (answer.kind === 'open')
    return forWho(
      asked,
      {
        kind: 'form',
        form: await formOf(formNamed(answer.form), asked, answer.args),
      },
      `person:${asked.me.id}`,
    );
  const channel =
    asked.restricted && 'to' in answer && answer.to === 'all' ? await asked.channel() : undefined;
  return forWho(asked, answer, channel === undefined ? `person:${asked.me.id}` : `channel:${channel}`);
}

const forWho = <T>(asked: Asked, shown: T, reader: Reader): T =>
  asked.restricted ? forReader(shown, reader) : shown;

/** As many mentions inside texts are looked up in one line; nobody writes more, but a script may. */
const MOST_MENTIONS = 10;

/**
 * Mentions of people who are known become names inside texts; a word that is a mention stays one, as do the words that
 * `stay`. A text meets nobody: each stranger would cost a question to the platform.
 */
async function namesInTexts(
  input: Record<string, string>,
  known: (ref: string) => Promise<Person | undefined>,
  stay: readonly string[] = [],
): Promise<Record<string, string>> {
  const texts = Object.entries(input).filter(
    ([name, text]) => mentionOf(text) === undefined && !stay.includes(name),
  );
  const refs = texts.flatMap(([, text]) => [...text.matchAll(/<@([^\s<>|]+)>/g)].map(([, ref]) => ref!));
  const people = await Promise.all(
    [...new Set(refs)].slice(0, MOST_MENTIONS).map(async (ref) => [ref, await known(ref)] as const),
  );
  const named = (text: string) =>
    people.reduce(
      (out, [ref, person]) =>
        person === undefined ? out : out.replaceAll(`<@${ref}>`, () => `@${person.name}`),
      text,
    );
  return { ...input, ...Object.fromEntries(texts.map(([name, text]) => [name, named(text)] as const)) };
}
