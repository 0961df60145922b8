import {
  assignIssue,
  changeSeverity,
  closeIssue,
  dropIssue,
  mergeIssue,
  noteIssue,
  reopenIssue,
} from '../src/actions/issue/index.ts';
import { needIssue } from '../src/actions/find.ts';
import { snoozeIssue } from '../src/actions/escalation/index.ts';
import { perform } from '../src/actions/perform.ts';
import type { Verb } from './command.ts';
import { needRef, shownIssue } from './issue-shown.ts';
import { needPerson } from './people.ts';
import { openForm, say, toMe } from './reply.ts';
import { paragraph } from '../src/ui/card.ts';

/** What becomes of an issue after it was raised, and before and after it is solved. */
export const issueChanges: readonly Verb[] = [
  {
    name: 'assign',
    aliases: ['hand', 'reassign'],
    usage: 'issue assign <CLAIMS-1> @person [from=@who-has-it] [because="…"]',
    summary: 'hand it to somebody, who is asked to take it; say from whom where somebody has it',
    positional: ['issue', 'person', '...because'],
    named: ['issue', 'person|to', 'from', 'because'],
    async run(asked, { from, ...input }) {
      const { ref } = await needIssue(asked.store.read, asked.org, needRef(input, 'assign'));
      if (input['person'] === undefined) return openForm('issue.assign', { ...input, issue: ref });
      const { id: person } = await needPerson(asked, input['person']);
      // A line shows nobody who has it: unless it says from whom, who has taken it meanwhile keeps it.
      const seen = from === undefined ? '' : (await needPerson(asked, from)).id;
      const { id } = await perform(asked, assignIssue, { ...input, person, seen });
      return toMe(await shownIssue(asked, id));
    },
  },
  {
    name: 'snooze',
    usage: 'issue snooze <CLAIMS-1> <2h> because="…"',
    summary: 'put it off, at most as long as it waits for an answer; nobody is pinged meanwhile',
    positional: ['issue', 'for', '...because'],
    named: ['issue', 'for', 'because|why'],
    async run(asked, input) {
      const { ref } = await needIssue(asked.store.read, asked.org, needRef(input, 'snooze'));
      const { for: long, because: why } = input;
      if (long === undefined || why === undefined) {
        const typed = { ...(long === undefined ? {} : { for: long }), ...(why === undefined ? {} : { why }) };
        return openForm('escalation.snooze', { issue: ref, ...typed });
      }
      const { id } = await perform(asked, snoozeIssue, { issue: ref, for: long, why });
      return toMe(await shownIssue(asked, id));
    },
  },
  {
    name: 'severity',
    aliases: ['sev'],
    usage: 'issue severity <CLAIMS-1> <1|2|3|4> because="…"',
    summary: 'make it worse or milder, with the reason; worse asks its people anew',
    positional: ['issue', 'severity', '...because'],
    named: ['issue', 'severity|sev', 'because'],
    async run(asked, input) {
      const { ref } = await needIssue(asked.store.read, asked.org, needRef(input, 'severity'));
      if (input['severity'] === undefined || input['because'] === undefined)
        return openForm('issue.severity', { ...input, issue: ref });
      const { id } = await perform(asked, changeSeverity, { ...input });
      return toMe(await shownIssue(asked, id));
    },
  },
  {
    name: 'drop',
    usage: 'issue drop <CLAIMS-1> because="…"',
    summary: 'it is none, or not worth it: say why',
    positional: ['issue', '...because'],
    named: ['issue', 'because'],
    async run(asked, input) {
      const { ref } = await needIssue(asked.store.read, asked.org, needRef(input, 'drop'));
      if (input['because'] === undefined) return openForm('issue.drop', { issue: ref });
      const { id } = await perform(asked, dropIssue, { ...input });
      return toMe(await shownIssue(asked, id));
    },
  },
  {
    name: 'reopen',
    usage: 'issue reopen <CLAIMS-1> because="…"',
    summary: 'it is back, or was never gone: say why. Anyone may',
    positional: ['issue', '...because'],
    named: ['issue', 'because'],
    async run(asked, input) {
      const { ref } = await needIssue(asked.store.read, asked.org, needRef(input, 'reopen'));
      if (input['because'] === undefined) return openForm('issue.reopen', { issue: ref });
      const { id } = await perform(asked, reopenIssue, { ...input });
      return toMe(await shownIssue(asked, id));
    },
  },
  {
    name: 'close',
    usage: 'issue close <CLAIMS-1>',
    summary: "close what is solved: the seat's accountable owner; after seven quiet days it closes by itself",
    positional: ['issue'],
    async run(asked, input) {
      const { id } = await perform(asked, closeIssue, { issue: needRef(input, 'close') });
      return toMe(await shownIssue(asked, id));
    },
  },
  {
    name: 'note',
    aliases: ['comment'],
    usage: 'issue note <CLAIMS-1> "<what you know>" [link=https://…]',
    summary: 'add a comment. In the thread of the issue a mention of Coxswain does the same. Anyone may',
    positional: ['issue', '...text'],
    named: ['issue', 'text', 'link'],
    async run(asked, input) {
      const { ref } = await needIssue(asked.store.read, asked.org, needRef(input, 'note'));
      if (input['text'] === undefined) return openForm('issue.note', { ...input, issue: ref });
      const added = await perform(asked, noteIssue, { ...input });
      return say(`Added to ${added.ref}`, paragraph(input['text']));
    },
  },
  {
    name: 'merge',
    usage: 'issue merge <CLAIMS-1> into <CLAIMS-2>',
    summary: 'two names for one thing: the first becomes part of the second',
    positional: ['issue', 'word', 'into'],
    named: ['issue', 'into'],
    async run(asked, { word, ...input }) {
      const { ref } = await needIssue(asked.store.read, asked.org, needRef(input, 'merge'));
      const into = input['into'] ?? (word?.toLowerCase() === 'into' ? undefined : word);
      if (into === undefined) return openForm('issue.merge', { issue: ref });
      const { id } = await perform(asked, mergeIssue, { issue: ref, into });
      return toMe(await shownIssue(asked, id));
    },
  },
];
