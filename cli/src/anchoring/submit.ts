import { signSubmission, type BuiltRecord } from '@carbon-ledger/core';
import type { Context } from '../context';
import type { Service, SubmissionStatus } from '../service/service';

/** The next version where the key is taken: the ledger decides whether it may follow. */
export async function nextVersion(service: Service, key: string): Promise<number> {
  const [head] = await service.heads([key]);
  return (head?.version ?? 0) + 1;
}

/** Signs records of one party as one submission, sends it, and waits: all of them are taken, or none. */
export async function submitTogether(
  context: Context,
  service: Service,
  records: readonly BuiltRecord[],
): Promise<SubmissionStatus | undefined> {
  const party = records[0]?.record.issuer ?? '';
  const { ledger } = await service.ledger();
  const signer = await service.keys.signerOf(party);
  const signedAt = context.now();
  const submission = await signSubmission(
    { ledger, party, records: records.map(({ record }) => record), signedAt },
    signer,
  );
  const figures = Object.fromEntries(records.map(({ id, figures: own }) => [id, [...own]]));
  const [status] = await service.submit([{ submission, figures }]);
  return status;
}
