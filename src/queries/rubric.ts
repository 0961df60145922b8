import { orgById } from '../../db/orgs.ts';
import { type RubricApproval, type RubricVersion, approvalsOf, rubricVersions } from '../../db/rubrics.ts';
import type { Db } from '../../db/store.ts';
import type { Rubric } from '../domain/rubric/rubric.ts';
import { type HeldRubric, heldRubric } from '../rubrics/held.ts';
import { builtinRubric } from '../rubrics/builtin.ts';
import { peopleNamed } from './people.ts';

export interface ProposalView {
  readonly row: RubricVersion;
  /** The version that holds, or held when this one was proposed. */
  readonly before: Rubric;
  readonly approvals: readonly RubricApproval[];
  readonly zone: string;
  readonly nameOf: (person: string) => string;
}

export interface RubricView {
  readonly held: HeldRubric;
  /** Newest first, proposed and withdrawn ones as well. */
  readonly versions: readonly RubricVersion[];
  readonly proposed: ProposalView | undefined;
  readonly zone: string;
  readonly nameOf: (person: string) => string;
}

/** The rubric that holds, every version of it, and what is proposed. */
export async function loadRubric(db: Db, org: string, key?: string): Promise<RubricView> {
  const held = await heldRubric(db, org, key);
  const [found, versions] = await Promise.all([orgById(db, org), rubricVersions(db, org, held.rubric.key)]);
  const zone = found!.zone;
  const open = versions.find((v) => v.state === 'proposed');
  const names = await peopleNamed(
    db,
    org,
    versions.flatMap((v) => v.proposedBy ?? []),
  );
  return {
    held,
    versions,
    proposed: open === undefined ? undefined : await loadProposal(db, org, open),
    zone,
    nameOf: (person) => names.get(person) ?? 'somebody',
  };
}

/** One version, with who has approved it. */
export async function loadProposal(db: Db, org: string, row: RubricVersion): Promise<ProposalView> {
  const [found, approvals, versions] = await Promise.all([
    orgById(db, org),
    approvalsOf(db, org, row.key, row.version),
    rubricVersions(db, org, row.key),
  ]);
  const earlier = versions.find(
    (v) => v.version < row.version && (v.state === 'adopted' || v.state === 'superseded'),
  );
  const names = await peopleNamed(db, org, [
    ...(row.proposedBy === null ? [] : [row.proposedBy]),
    ...approvals.map((a) => a.person),
  ]);
  return {
    row,
    before: earlier?.rubric ?? builtinRubric(row.key) ?? row.rubric,
    approvals,
    zone: found!.zone,
    nameOf: (person) => names.get(person) ?? 'somebody',
  };
}
