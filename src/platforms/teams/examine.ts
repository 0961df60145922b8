import { unavailable } from '../../errors.ts';
import type { PlatformReport } from '../platform.ts';
import type { TokenSource } from './connector.ts';

/** Whether Microsoft gives the app a token. It says nothing of channels: of a lost one the next message tells. */
export async function examine(appId: string, token: TokenSource): Promise<PlatformReport> {
  try {
    await token();
  } catch {
    // Its sentence may hold the tenant's address and what was sent.
    throw unavailable('Microsoft gives no token for the app: its id, its secret or its tenant is wrong');
  }
  return { account: `app ${appId}`, missing: [], absent: [] };
}
