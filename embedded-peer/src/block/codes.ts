import { peer } from '@hyperledger/fabric-protos';

/** `peer.TxValidationCode`: what the committer found about a transaction. */
export const Code = peer.TxValidationCode;
export type ValidationCode = peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];

const UNPROVEN: ReadonlySet<ValidationCode> = new Set([Code.BAD_CREATOR_SIGNATURE, Code.BAD_PROPOSAL_TXID]);

/**
 * Whether a transaction was shown to be its creator's, so that its id is taken. Were a forged one to take the id, it
 * could keep the genuine one from being committed.
 */
export function takesItsId(code: ValidationCode): boolean {
  return !UNPROVEN.has(code);
}
