import type { Handlers } from '../http/reply';
import type { Services } from '../services';
import { agendaHandlers } from './agenda';
import { certificateHandlers } from './certificates';
import { disclosureHandlers } from './disclosure';
import { draftHandlers } from './drafts';
import { graphHandlers } from './graph';
import { impactHandlers } from './impact';
import { logHandlers } from './log';
import { operateHandlers } from './operate';
import { proofHandlers } from './proofs';
import { readsHandlers } from './reads';
import { recordHandlers } from './records';
import { retentionHandlers } from './retention';
import { screeningHandlers } from './screening';
import { sessionHandlers } from './sessions';
import { submissionHandlers } from './submissions';
import { webhookHandlers } from './webhooks';

export function createHandlers(services: Services): Handlers {
  return {
    ...sessionHandlers(services),
    ...submissionHandlers(services),
    ...recordHandlers(services),
    ...agendaHandlers(services),
    ...draftHandlers(services),
    ...proofHandlers(services),
    ...certificateHandlers(services),
    ...screeningHandlers(services),
    ...disclosureHandlers(services),
    ...graphHandlers(services),
    ...impactHandlers(services),
    ...logHandlers(services),
    ...retentionHandlers(services),
    ...webhookHandlers(services),
    ...readsHandlers(services),
    ...operateHandlers(services),
  };
}
export { ledgerFacts } from './ledger-facts';
