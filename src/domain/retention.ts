/** What is kept for a while only. Readings, scores, issues, decisions and the audit log are never forgotten by age. */
type Kept = 'results' | 'followUps' | 'deliveries' | 'messages' | 'slots' | 'drafts' | 'alerts';

/** Days for each. */
export type Retention = Readonly<Record<Kept, number>>;
