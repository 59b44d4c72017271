import { common } from '@hyperledger/fabric-protos';
import type { Membership } from '../identity/membership';
import type { DecodedBlock } from './block';
import { blockDataHash, blockHeaderBytes } from './header';

function isSignedByOrderer(signature: common.MetadataSignature, block: DecodedBlock, orderers: Membership): boolean {
  const headerBytes = signature.getSignatureHeader_asU8();
  const creator = common.SignatureHeader.deserializeBinary(headerBytes).getCreator_asU8();
  const signed = Buffer.concat([block.signatures.getValue_asU8(), headerBytes, blockHeaderBytes(block.header)]);
  return orderers.verify(creator, signed, signature.getSignature_asU8()).role === 'orderer';
}

/**
 * Checks one block by itself: its data belong to its header and an orderer of the channel signed it.
 * @throws Error naming what does not hold.
 */
export function verifyBlock(block: DecodedBlock, orderers: Membership): void {
  const number = block.header.number;
  if (!blockDataHash(block.envelopes).equals(block.header.dataHash)) {
    throw new Error(`block ${number}: the data do not match the header`);
  }
  if (block.codes.length !== block.envelopes.length) {
    throw new Error(`block ${number}: the validation codes do not match the transactions`);
  }
  if (!block.signatures.getSignaturesList().some((signature) => isSignedByOrderer(signature, block, orderers))) {
    throw new Error(`block ${number}: no orderer signed it`);
  }
}
