import type { ChannelSetup, Person } from './slack/types.ts';

const zone = 'Europe/Berlin';
const person = (id: string, handle: string, name: string, title: string): Person => ({
  id,
  handle,
  name,
  title,
  email: `${handle}@example.com`,
  zone,
});

/** The five people of the example company. */
export const PEOPLE: readonly Person[] = [
  person('U0ANA', 'ana', 'Ana Lindt', 'Head of AI governance'),
  person('U0BO', 'bo', 'Bo Okafor', 'Platform engineer'),
  person('U0CEM', 'cem', 'Cem Aydin', 'Claims operations lead'),
  person('U0DANA', 'dana', 'Dana Reyes', 'Product manager'),
  person('U0ELI', 'eli', 'Eli Novak', 'Risk reviewer'),
];

const everyone = PEOPLE.map((p) => p.id);

export const CHANNELS: readonly ChannelSetup[] = [
  { id: 'C0CLAIMS', name: 'claims-ai', members: everyone, topic: 'AI seats in claims handling' },
  { id: 'C0GOV', name: 'ai-governance', members: everyone, topic: 'Where escalations end' },
];

/** In the Teams view only: the chat of the weekly meeting. */
export const MEETINGS = [{ id: 'weekly', name: 'Claims weekly', meeting: true }] as const;

export const TEAM = { id: 'T0SANDBOX', name: 'Harbour Insurance' };
export const ZONE = zone;
