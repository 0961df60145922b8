export { appointAdmins } from './appoint.ts';
export { claimAdmin } from './claim-admin.ts';
export { connectTenant } from './connect.ts';
export { createOrg, renewAdminCode } from './create.ts';
export { grantRole } from './grant.ts';
export { learnChannel } from './learn-channel.ts';
export { meetPerson } from './meet.ts';
export { refreshPerson } from './refresh-person.ts';
export { setGovernanceChannel } from './set-governance-channel.ts';
