import { createMemory } from '../memory.ts';
import { type TeamsActivity, isExtension, splitThread, tenantOf } from './activity.ts';

export interface Target {
  readonly serviceUrl: string;
  readonly ref: string;
}

/** What verified requests said in this process: a tenant's service, and where somebody was last met. */
export interface Met {
  note(activity: TeamsActivity): void;
  service(tenant: string): string | undefined;
  at(tenant: string, user: string): Target | undefined;
}

const MOST = 5000;

export function createMet(): Met {
  const services = createMemory<string, string>(MOST);
  const people = createMemory<string, Target>(MOST);
  return {
    note(activity) {
      const tenant = tenantOf(activity);
      if (tenant === undefined) return;
      const { serviceUrl, conversation, from } = activity;
      services.set(tenant, serviceUrl);
      if (from.aadObjectId && !isExtension(activity.name))
        people.set(`${tenant} ${from.aadObjectId}`, {
          serviceUrl,
          ref: splitThread(conversation.id).ref,
        });
    },
    service: (tenant) => services.get(tenant),
    at: (tenant, user) => people.get(`${tenant} ${user}`),
  };
}
