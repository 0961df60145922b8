import type { Wanted } from '../../../db/messages.ts';
import type { Seat } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import type { SignalKind } from '../../domain/issue.ts';
import { newId } from '../../ids.ts';
import type { JsonObject } from '../../ui/card.ts';

export interface NewSignal {
  readonly kind: SignalKind;
  readonly sentence: string;
  readonly period: string | null;
  /** What the sentence was made from. */
  readonly facts?: JsonObject | undefined;
}

/** The issue's post in its seat's channel, where it has one. */
export const channelPost = ({ channel }: Pick<Seat, 'channel'>, issue: string): Wanted[] =>
  channel === null
    ? []
    : [
        {
          key: `issue:${issue}:channel`,
          to: { kind: 'channel', id: channel },
          view: 'issue',
          args: { issue },
          subject: `issue:${issue}`,
        },
      ];

export async function addSignal(
  tx: Db,
  { facts, ...s }: NewSignal & { org: string; issue: string; now: number },
): Promise<void> {
  await tx.insert(tx.t.signals).values({
    org: s.org,
    id: newId(),
    issue: s.issue,
    at: s.now,
    kind: s.kind,
    period: s.period,
    sentence: s.sentence,
    facts: facts ?? null,
  });
}
