import type { KnownBlock, ModalView } from '@slack/types';
import type { Card, Picture } from '../../ui/card.ts';
import type { Form } from '../../ui/form.ts';
import { personIds } from '../../ui/people.ts';
import type { AdapterDeps, Names } from '../platform.ts';
import { type PictureSource, type Surface, renderCard } from './card.ts';
import { type FormOptions, type Metadata, type Origin, renderForm } from './form.ts';
import { LIMITS } from './limits.ts';
import type { Pictures } from './pictures.ts';
import { plainText } from './text.ts';

export interface Shown {
  readonly blocks: KnownBlock[];
  readonly text: string;
}

/** For a form that comes back in its modal; see FormOptions. */
export type Again = Required<Pick<FormOptions, 'notices' | 'block'>>;

/** Renders for one workspace, with the names and pictures that are needed loaded first. */
export interface Show {
  card(tenant: string, card: Card, surface?: Surface): Promise<Shown>;
  form(tenant: string, form: Form, from: Origin, again?: Again): Promise<ModalView>;
  /** A card in a modal, for what must be seen at once and where no message can be left. */
  modal(tenant: string, card: Card, from: Origin): Promise<ModalView>;
}

const NOBODY: Names = { user: () => undefined };
const NO_PICTURES: ReadonlyMap<Picture, PictureSource> = new Map();

export const CARD_CALLBACK = 'coxswain_card';

export function createShow(names: AdapterDeps['names'], pictures: Pictures, strict: boolean): Show {
  const namesOf = (tenant: string, shown: Card | Form) => {
    const ids = personIds(shown);
    return ids.length === 0 ? NOBODY : names('slack', tenant, ids);
  };
  const render = async (tenant: string, card: Card, surface: Surface = 'message'): Promise<Shown> => {
    const hasPictures = card.body.some((element) => element.kind === 'picture');
    const sources = hasPictures ? await pictures(tenant, card) : NO_PICTURES;
    const known = await namesOf(tenant, card);
    return renderCard(card, { names: known, surface, strict, picture: (picture) => sources.get(picture) });
  };
  const kept = new WeakMap<Card, Promise<Shown>>();
  /** A frozen card is a constant: see `constant` in ui/card.ts. It names nobody, so it is the same in every workspace. */
  const renderOnce = (tenant: string, card: Card): Promise<Shown> => {
    const known = kept.get(card) ?? render(tenant, card);
    kept.set(card, known);
    return known;
  };
  return {
    card: (tenant, card, surface) =>
      surface === undefined && Object.isFrozen(card)
        ? renderOnce(tenant, card)
        : render(tenant, card, surface),
    form: async (tenant, form, from, again) =>
      renderForm(form, { names: await namesOf(tenant, form), from, strict, ...again }),
    modal: async (tenant, card, from) => {
      const { blocks } = await render(tenant, card, 'modal');
      return {
        type: 'modal',
        callback_id: CARD_CALLBACK,
        title: plainText(card.title, LIMITS.view.title, 'Coxswain'),
        close: plainText('Close', LIMITS.view.close),
        private_metadata: JSON.stringify({ form: '', args: {}, from } satisfies Metadata),
        // The title bar already says a short title.
        blocks: card.title.length <= LIMITS.view.title && blocks.length > 1 ? blocks.slice(1) : blocks,
      };
    },
  };
}
