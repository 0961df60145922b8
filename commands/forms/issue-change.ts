import {
  assignIssue,
  changeSeverity,
  dropIssue,
  mergeIssue,
  reopenIssue,
} from '../../src/actions/issue/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { hasIt } from '../../src/domain/issue.ts';
import type { FormSpec } from '../form.ts';
import { shownIssue } from '../issue-shown.ts';
import { toMe } from '../reply.ts';
import { texts } from './fields.ts';
import { aboutIssue, becauseField, issueField, issueFor } from './issue-fields.ts';
import { severityField } from './severities.ts';

const titled = (verb: string, ref: string): string => `${verb} ${ref}`.slice(0, 24);

export const issueAssignForm: FormSpec = {
  name: 'issue.assign',
  args: texts,
  async open(asked, args) {
    const view = await issueFor(asked, args['issue'], 'change');
    return {
      name: 'issue.assign',
      args: { issue: view.issue.ref, seen: hasIt(view.issue) ?? '' },
      title: titled('Hand over', view.issue.ref),
      submit: 'Hand over',
      items: [
        aboutIssue(view),
        { kind: 'person', name: 'person', label: 'To whom', hint: 'They are asked to take it.' },
        { ...becauseField('Why', args['because']), optional: true },
      ],
    };
  },
  async submit(asked, args, filled) {
    const { id } = await perform(asked, assignIssue, { ...filled, issue: args['issue'], seen: args['seen'] });
    return toMe(await shownIssue(asked, id));
  },
};

export const issueSeverityForm: FormSpec = {
  name: 'issue.severity',
  args: texts,
  async open(asked, args) {
    const view = await issueFor(asked, args['issue'], 'change');
    return {
      name: 'issue.severity',
      args: { issue: view.issue.ref },
      title: titled('Severity', view.issue.ref),
      submit: 'Change',
      items: [
        aboutIssue(view),
        severityField(args['severity'] ?? String(view.issue.severity)),
        becauseField('Why', args['because']),
      ],
    };
  },
  async submit(asked, args, filled) {
    const { id } = await perform(asked, changeSeverity, { ...filled, issue: args['issue'] });
    return toMe(await shownIssue(asked, id));
  },
};

export const issueDropForm: FormSpec = {
  name: 'issue.drop',
  args: texts,
  async open(asked, args) {
    const view = await issueFor(asked, args['issue'], 'drop');
    return {
      name: 'issue.drop',
      args: { issue: view.issue.ref },
      title: titled('Drop', view.issue.ref),
      submit: 'Drop',
      items: [aboutIssue(view), becauseField('Why is it none, or not worth it?')],
    };
  },
  async submit(asked, args, filled) {
    const { id } = await perform(asked, dropIssue, { ...filled, issue: args['issue'] });
    return toMe(await shownIssue(asked, id));
  },
};

export const issueReopenForm: FormSpec = {
  name: 'issue.reopen',
  args: texts,
  async open(asked, args) {
    const view = await issueFor(asked, args['issue'], 'reopen');
    return {
      name: 'issue.reopen',
      args: { issue: view.issue.ref },
      title: titled('Reopen', view.issue.ref),
      submit: 'Reopen',
      items: [aboutIssue(view), becauseField('What was seen, and where')],
    };
  },
  async submit(asked, args, filled) {
    const { id } = await perform(asked, reopenIssue, { ...filled, issue: args['issue'] });
    return toMe(await shownIssue(asked, id));
  },
};

export const issueMergeForm: FormSpec = {
  name: 'issue.merge',
  args: texts,
  async open(asked, args) {
    const view = await issueFor(asked, args['issue'], 'merge');
    const { ref } = view.issue;
    return {
      name: 'issue.merge',
      args: { issue: ref },
      title: titled('Merge', ref),
      submit: 'Merge',
      items: [
        aboutIssue(view),
        await issueField(asked, { name: 'into', label: 'Becomes part of', not: ref }),
      ],
    };
  },
  async submit(asked, args, filled) {
    const { id } = await perform(asked, mergeIssue, { ...filled, issue: args['issue'] });
    return toMe(await shownIssue(asked, id));
  },
};
