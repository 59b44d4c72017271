import { peer } from '@hyperledger/fabric-protos';

/** `peer.TxValidationCode`: what the committer found about a transaction. */
export const Code = peer.TxValidationCode;
export type ValidationCode = peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];
