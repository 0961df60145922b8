import { exportHead } from '../src/actions/audit/index.ts';
import { perform } from '../src/actions/perform.ts';
import { auditCard, exportedCard } from '../src/cards/audit.ts';
import { findHeads } from '../src/domain/audit-head.ts';
import { hasRole } from '../src/domain/person.ts';
import { forbidden, invalid } from '../src/errors.ts';
import { verifyAudit } from '../src/queries/audit.ts';
import type { Command } from './command.ts';
import { toMe } from './reply.ts';

export const auditCommand: Command = {
  name: 'audit',
  summary: 'The record of every change',
  examples: ['audit verify', 'audit export'],
  verbs: [
    {
      name: 'verify',
      usage: 'audit verify [<head>]',
      summary: 'check that no entry was altered, removed, moved or added, also against exported heads',
      positional: ['head'],
      async run(asked, input) {
        if (!hasRole(asked.me.role, 'reviewer'))
          throw forbidden('Reviewers, governors and admins may verify the audit log.', {
            hint: 'admin list',
          });
        const typed = findHeads(input['head'] ?? '');
        if (input['head'] !== undefined && typed.every((head) => head.org !== asked.org))
          throw invalid(
            'This is not a head of this organisation’s audit log. Copy all of it: it begins with cxh1.',
            {
              hint: 'audit verify cxh1.…',
            },
          );
        const filed = findHeads((await asked.heads?.read()) ?? '');
        return toMe(auditCard(await verifyAudit(asked.store, asked.keys, asked.org, [...typed, ...filed])));
      },
    },
    {
      name: 'export',
      usage: 'audit export',
      summary: 'sign the head of the log now, for its channel and its file; done every night too',
      positional: [],
      async run(asked) {
        const { seq, head, posted } = await perform(asked, exportHead, {});
        return toMe(exportedCard({ seq, head, posted, file: asked.heads !== undefined }));
      },
    },
  ],
};
