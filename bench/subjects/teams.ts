import { createTeams } from '../../src/platforms/teams/index.ts';
import { answerParent } from '../child.ts';
import { TEAMS_TENANT } from '../names.ts';
import { startSubject } from './coxswain.ts';

answerParent({
  async start({ standIn }: { standIn: number }) {
    const config = {
      sandbox: true,
      tenantId: TEAMS_TENANT,
      cloud: { serviceUrl: `http://127.0.0.1:${standIn}` },
    };
    const { port } = await startSubject((deps) => createTeams(config, deps));
    return port;
  },
});
