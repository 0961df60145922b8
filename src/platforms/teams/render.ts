import type { Card, Picture } from '../../ui/card.ts';
import {
  type FieldErrors,
  type Form,
  type RawValue,
  type RawValues,
  fieldsOf,
  refill,
  without,
} from '../../ui/form.ts';
import { personIds } from '../../ui/people.ts';
import type { AdapterDeps, Names } from '../platform.ts';
import { splitThread } from './activity.ts';
import type { Shell } from './buttons.ts';
import { type AdaptiveCard, renderCard } from './card.ts';
import { renderForm } from './form.ts';
import type { Desk, Turn } from './turn.ts';

/** Everything but the form itself that a form needs to be shown to one person. */
export interface FormShow {
  readonly shell: 'dialog' | 'inline';
  readonly errors?: FieldErrors;
  readonly raw?: RawValues;
  /** Fields that keep what the form holds, whatever was sent. */
  readonly renewed?: readonly string[];
  readonly private?: boolean;
}

/** Where Teams fetches the pictures among these elements. Asks nothing when there are none. */
export async function pictureUrls(
  deps: Pick<AdapterDeps, 'addresses'>,
  tenant: string,
  elements: readonly { readonly kind: string }[],
): Promise<(picture: Picture) => string | undefined> {
  if (!elements.some(({ kind }) => kind === 'picture')) return () => undefined;
  return (await deps.addresses('teams', tenant)).picture;
}

export async function cardFor(
  desk: Desk,
  tenant: string,
  card: Card,
  shell: Shell = 'message',
): Promise<AdaptiveCard> {
  const names = await desk.deps.names('teams', tenant, personIds(card));
  const pictureUrl = await pictureUrls(desk.deps, tenant, card.body);
  return renderCard(card, { names, pictureUrl, shell });
}

async function channelsFor(desk: Desk, turn: Turn, form: Form): Promise<{ ref: string; name: string }[]> {
  if (!fieldsOf(form).some((field) => field.kind === 'channel')) return [];
  const { team } = turn.activity.channelData ?? {};
  const { place } = turn.from;
  const here = place.kind === 'channel' ? [{ ref: place.ref, name: place.name ?? 'This channel' }] : [];
  if (!team) return here;
  try {
    const channels = await desk.connector.channels(turn.activity.serviceUrl, team.id);
    return channels.length === 0 ? here : [...channels];
  } catch {
    return here;
  }
}

const tokens = (value: RawValue): string[] =>
  (Array.isArray(value) ? (value as readonly string[]) : [value]).flatMap((one) =>
    typeof one === 'string' ? (/^<@([^<>]+)>$/.exec(one)?.[1] ?? []) : [],
  );

/** Names for people who were just picked, so that a form that comes back shows them and not their ids. */
async function pickedPeople(
  desk: Desk,
  turn: Turn,
  raw: RawValues | undefined,
): Promise<Map<string, string>> {
  const refs = [...new Set(Object.values(raw ?? {}).flatMap(tokens))].slice(0, 20);
  const { serviceUrl, conversation } = turn.activity;
  const found = await Promise.all(
    refs.map(async (ref) => {
      const member = await desk.connector
        .member(serviceUrl, splitThread(conversation.id).ref, ref)
        .catch(() => undefined);
      return [ref, member?.name ?? ref] as const;
    }),
  );
  return new Map(found);
}

export async function formFor(desk: Desk, turn: Turn, form: Form, show: FormShow): Promise<AdaptiveCard> {
  const { tenant, user } = turn.from;
  const [names, channels, people]: [Names, { ref: string; name: string }[], Map<string, string>] =
    await Promise.all([
      desk.deps.names('teams', tenant, personIds(form)),
      channelsFor(desk, turn, form),
      pickedPeople(desk, turn, show.raw),
    ]);
  const { raw, renewed, ...rest } = show;
  return renderForm(raw === undefined ? form : refill(form, without(raw, renewed)), {
    ...rest,
    names,
    channels,
    people,
    me: { ref: user.ref, name: user.name ?? 'Me' },
    pictureUrl: await pictureUrls(
      desk.deps,
      tenant,
      form.items.flatMap((item) => (item.kind === 'hint' ? item.body : [])),
    ),
  });
}
