import { type TeamsActivity, splitThread, tenantOf } from './activity.ts';

export interface Target {
  readonly serviceUrl: string;
  readonly ref: string;
}

/** What verified requests said in this process: a tenant's service, and where somebody was last met. */
export interface Seen {
  note(activity: TeamsActivity): void;
  service(tenant: string): string | undefined;
  met(tenant: string, user: string): Target | undefined;
}

const MOST = 5000;

const remember = <V>(map: Map<string, V>, key: string, value: V): void => {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > MOST ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
};

export function createSeen(): Seen {
  const services = new Map<string, string>();
  const people = new Map<string, Target>();
  return {
    note(activity) {
      const tenant = tenantOf(activity);
      if (tenant === undefined) return;
      const { serviceUrl, conversation, from } = activity;
      remember(services, tenant, serviceUrl);
      if (from.aadObjectId)
        remember(people, `${tenant} ${from.aadObjectId}`, {
          serviceUrl,
          ref: splitThread(conversation.id).ref,
        });
    },
    service: (tenant) => services.get(tenant),
    met: (tenant, user) => people.get(`${tenant} ${user}`),
  };
}
