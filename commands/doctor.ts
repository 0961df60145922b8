import { doctorCard } from '../src/cards/doctor.ts';
import { hasRole } from '../src/domain/person.ts';
import { forbidden } from '../src/errors.ts';
import { examine } from '../src/queries/doctor.ts';
import type { Command } from './command.ts';
import { toMe } from './reply.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'What works and what does not',
  examples: ['doctor'],
  verbs: [
    {
      name: '',
      usage: 'doctor',
      summary: 'check database, platforms, scheduler, messages; each with what to do',
      positional: [],
      async run(asked) {
        if (!hasRole(asked.me.role, 'governor'))
          throw forbidden('Governors and admins may call the doctor.', { hint: 'admin list' });
        return toMe(doctorCard(await examine(asked, asked.org, asked.vitals())));
      },
    },
  ],
};
