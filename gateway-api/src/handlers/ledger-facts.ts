import type { AnswerOf } from '@carbon-ledger/client-sdk';
import { readEarlierCheckpoint } from '@carbon-ledger/core';
import type { LedgerFacts, Services } from '../services';

/** Which ledger this is, and how far it stands. A ledger is a trial when its founder is a trial party. */
export async function ledgerFacts({ projection, checkpoints, facts }: Services): Promise<AnswerOf<'getLedger'>> {
  const founder = await projection.parties.find(facts.founder);
  const checkpoint = checkpoints.current;
  return {
    ledger: facts.ledgerId,
    founder: facts.founder,
    trial: founder?.content.trial === true,
    channel: facts.channel,
    organisation: facts.mspId,
    deployment: facts.deployment,
    version: facts.version,
    height: projection.height.toString(),
    logSize: projection.log.size,
    ...(checkpoint === undefined ? {} : { checkpoint: checkpoint.note, checkpointAt: checkpoint.publishedAt }),
    ...earlierFacts(facts.earlier, projection.log.size),
  };
}

function earlierFacts(earlier: LedgerFacts['earlier'], logSize: number): Pick<AnswerOf<'getLedger'>, 'earlier'> {
  if (earlier === undefined) return {};
  const { ledger, logKey, checkpoint } = earlier;
  const size = Number(readEarlierCheckpoint(earlier).size);
  return { earlier: { ledger, logKey, checkpoint, size, complete: logSize >= size } };
}
