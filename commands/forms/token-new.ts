import { assertMay } from '../../src/actions/perform.ts';
import { createToken } from '../../src/actions/token/index.ts';
import { SCOPE_MEANINGS, TOKEN_SCOPES, parseScopes } from '../../src/domain/token.ts';
import { seatOptionsForTokens } from '../../src/queries/token.ts';
import type { FormSpec } from '../form.ts';
import { madeToken } from '../token.ts';
import { initial, oneOf, optionsOf, texts } from './fields.ts';

const meaning = (scope: string): string =>
  SCOPE_MEANINGS[TOKEN_SCOPES.find((known) => known === scope) ?? 'readings:write'];

export const tokenNewForm: FormSpec = {
  name: 'token.new',
  args: texts,
  async open(asked, args) {
    const { seats, onlyThese } = await seatOptionsForTokens(asked.store.read, asked.org, asked.me);
    // Who may make none is told so before filling in anything.
    if (onlyThese && seats.length === 0) await assertMay(asked, createToken, {});
    return {
      name: 'token.new',
      args: {},
      title: 'New token',
      submit: 'Make it',
      items: [
        {
          kind: 'text',
          name: 'name',
          label: 'Name',
          max: 30,
          placeholder: 'ci',
          hint: 'Which machine has it.',
          ...initial(args['name']),
        },
        {
          kind: 'multi_select',
          name: 'scopes',
          label: 'It may',
          options: optionsOf(TOKEN_SCOPES, meaning),
          initial: args['scopes'] === undefined ? ['readings:write'] : parseScopes(args['scopes']),
        },
        {
          name: 'seat',
          label: 'Seat',
          ...(onlyThese ? {} : { optional: true, hint: 'Left empty, it reaches every seat.' }),
          ...oneOf('tokenseats', seats, args['seat']),
        },
        {
          kind: 'select',
          name: 'expires',
          label: 'Until',
          options: [
            { value: '30d', label: 'in 30 days' },
            { value: '90d', label: 'in 90 days' },
            { value: '365d', label: 'in a year' },
            { value: 'never', label: 'it is revoked' },
          ],
          initial: ['30d', '365d', 'never'].find((v) => v === args['expires']) ?? '90d',
        },
      ],
    };
  },
  submit: (asked, _args, filled) => madeToken(asked, filled),
};
