import type { AnswerOf } from '@carbon-ledger/client-sdk';
import type { Services } from '../services';

/** Which ledger this is, and how far it stands. A ledger is a trial when its founder is a trial party. */
export async function ledgerFacts({ projection, checkpoints, facts }: Services): Promise<AnswerOf<'getLedger'>> {
  const founder = await projection.parties.find(facts.founder);
  const checkpoint = checkpoints.current;
  return {
    ledger: facts.ledgerId,
    trial: founder?.content.trial === true,
    channel: facts.channel,
    organisation: facts.mspId,
    deployment: facts.deployment,
    version: facts.version,
    height: projection.height.toString(),
    logSize: projection.log.size,
    ...(checkpoint === undefined ? {} : { checkpoint: checkpoint.note, checkpointAt: checkpoint.publishedAt }),
  };
}
