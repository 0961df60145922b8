import { z } from 'zod';
import { ISSUE_KINDS, type Severity } from '../../domain/issue.ts';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { needSeat } from '../find.ts';
import { optionalLink, optionalText, oneOf, sentence, wholeNumber } from '../inputs.ts';
import { openIssue } from './open-issue.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string({ error: 'Please choose the seat.' }),
  title: sentence('what is wrong, in one line', 200),
  detail: optionalText('the details', 3000),
  link: optionalLink('the link'),
  kind: oneOf('a kind of issue', ISSUE_KINDS).default('incident'),
  severity: wholeNumber('The severity', 1, 4, ' (1 is critical, 4 is low)')
    .transform((n) => n as Severity)
    .default(3),
});

/** Raises an issue. Anyone may: seeing something is enough. */
export const newIssue = defineAction({
  name: 'issue.open',
  input,
  allow: anyone,
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    const { kind, severity, title, detail, link } = input;
    const sentenceSeen = `${person!.name} raised it: ${title}`;
    return openIssue(tx, {
      org,
      now,
      seat,
      metric: null,
      kind,
      severity,
      title,
      detail,
      link,
      openedBy: person!.id,
      signal: { kind: 'person', sentence: sentenceSeen, period: null },
    });
  },
});
