import type { Block, OrdererSignature } from './block';
import { signerOf, type ChannelConfig } from './config';
import { blockHeaderBytes } from './header';
import { BadIdentity, type Identity } from './membership';
import { isPolicyMet } from './policy';

const BLOCK_VALIDATION = '/Channel/Orderer/BlockValidation';

function signedBy(
  signature: OrdererSignature,
  block: Block,
  config: ChannelConfig,
  time: number | undefined,
): Identity | undefined {
  const { signatureHeader, identifierHeader } = signature;
  const header = signatureHeader.length > 0 ? signatureHeader : identifierHeader;
  const signed = Buffer.concat([block.signedValue, header, blockHeaderBytes(block.header)]);
  try {
    return config.membership.verify(signerOf(signature, config), signed, signature.signature, time);
  } catch (error) {
    // Fabric too lets a signature that does not hold simply not count.
    if (error instanceof BadIdentity) return undefined;
    throw error;
  }
}

/**
 * Whether enough orderers signed the block's header for the channel's BlockValidation policy: one of them with solo and
 * Raft, the quorum of consenters with BFT.
 */
export function isSignedByOrderers(block: Block, config: ChannelConfig, time: number | undefined): boolean {
  const signers = block.signatures
    .map((signature) => signedBy(signature, block, config, time))
    .filter((identity) => identity !== undefined);
  return isPolicyMet({ kind: 'path', path: BLOCK_VALIDATION }, config.policies, signers);
}
