import { auditCard } from '../src/cards/doctor.ts';
import { hasRole } from '../src/domain/person.ts';
import { forbidden } from '../src/errors.ts';
import { verifyAudit } from '../src/queries/audit.ts';
import type { Command } from './command.ts';
import { toMe } from './reply.ts';

export const auditCommand: Command = {
  name: 'audit',
  summary: 'The record of every change',
  examples: ['audit verify'],
  verbs: [
    {
      name: 'verify',
      usage: 'audit verify',
      summary: 'check that no entry was altered, removed, moved or added',
      positional: [],
      async run(asked) {
        if (!hasRole(asked.me.role, 'reviewer'))
          throw forbidden('Reviewers, governors and admins may verify the audit log.', {
            hint: 'admin list',
          });
        return toMe(auditCard(await verifyAudit(asked.store, asked.keys, asked.org)));
      },
    },
  ],
};
