export { dropScoreDraft } from './drop-draft.ts';
export { giveFullScore } from './give-full.ts';
export { giveScore } from './give.ts';
export { keepScoreDraft } from './keep-draft.ts';
export { draftAbout, requestSubject } from './store.ts';
export { cancelRequest } from './cancel-request.ts';
export { requestScores } from './request.ts';
export { overdueScore } from './overdue.ts';
export { settleOverdueScore } from './settle-overdue.ts';
