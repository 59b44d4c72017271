import { z } from 'zod';
import {
  anchorSlots,
  encodeRlp,
  EVM_EVIDENCE_SCHEMA,
  fromHex,
  keccak256,
  LedgerError,
  rlpInteger,
  toHex,
  type Rlp,
} from '@carbon-ledger/core';
import type { EvmClient } from './evm-client';

/** Evidence that verifies without the chain (docs/formats/evm-anchor.md), and the hash of the block to know it by. */
export interface MadeEvidence {
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly block: string;
}

const hex = z.string().regex(/^0x[0-9a-f]*$/);
const proofShape = z.looseObject({
  accountProof: z.array(hex),
  storageProof: z.array(z.looseObject({ proof: z.array(hex) })).length(2),
});
const blockShape = z.record(z.string(), z.unknown());

/** Fields of a block header in the order of their hashing (yellow paper, section 4.4), numbers marked; later ones are optional. */
const FIELDS: readonly (readonly [string, 'bytes' | 'number'])[] = [
  ['parentHash', 'bytes'],
  ['sha3Uncles', 'bytes'],
  ['miner', 'bytes'],
  ['stateRoot', 'bytes'],
  ['transactionsRoot', 'bytes'],
  ['receiptsRoot', 'bytes'],
  ['logsBloom', 'bytes'],
  ['difficulty', 'number'],
  ['number', 'number'],
  ['gasLimit', 'number'],
  ['gasUsed', 'number'],
  ['timestamp', 'number'],
  ['extraData', 'bytes'],
  ['mixHash', 'bytes'],
  ['nonce', 'bytes'],
  // EIP-1559, EIP-4895, EIP-4844, EIP-4788, EIP-7685
  ['baseFeePerGas', 'number'],
  ['withdrawalsRoot', 'bytes'],
  ['blobGasUsed', 'number'],
  ['excessBlobGas', 'number'],
  ['parentBeaconBlockRoot', 'bytes'],
  ['requestsHash', 'bytes'],
];

/**
 * Takes evidence of a posted checkpoint out of a block of the chain.
 * @param tag `finalized`, `latest`, or a block number in hex with `0x`
 * @throws LedgerError OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED
 */
export async function makeEvmEvidence(
  client: EvmClient,
  { origin, size }: { readonly origin: string; readonly size: bigint },
  tag = 'finalized',
): Promise<MadeEvidence> {
  const { header, block, number } = await headerOf(client, tag);
  const { chainId, contract } = client.anchorContract;
  const { root, time } = anchorSlots(origin, size);
  // By number: under a tag, the chain may have moved on between the two calls.
  const keys = [root, time].map((slot) => `0x${toHex(slot)}`);
  const proof = proofShape.safeParse(await client.rpc('eth_getProof', [contract, keys, number]));
  if (!proof.success) throw new LedgerError('OUTSIDE_REFUSED', 'The chain gave no proof of the contract.');
  const [rootProof, timeProof] = proof.data.storageProof;
  const evidence = {
    schema: EVM_EVIDENCE_SCHEMA,
    chainId,
    contract,
    origin,
    size: size.toString(),
    header,
    account: proof.data.accountProof,
    root: rootProof?.proof ?? [],
    time: timeProof?.proof ?? [],
  };
  return { evidence, block };
}

async function headerOf(client: EvmClient, tag: string): Promise<{ header: string; block: string; number: string }> {
  const fields = blockShape.safeParse(await client.rpc('eth_getBlockByNumber', [tag, false]));
  const { hash, number } = fields.success ? fields.data : {};
  if (!fields.success || typeof hash !== 'string' || typeof number !== 'string') {
    throw new LedgerError('OUTSIDE_REFUSED', `The chain has no block ${tag}.`);
  }
  const header = encodeRlp(FIELDS.flatMap(([name, kind]) => fieldOf(fields.data[name], kind)));
  if (`0x${toHex(keccak256(header))}` !== hash) {
    throw new LedgerError('OUTSIDE_REFUSED', 'The header of the block has fields that are not known here.');
  }
  return { header: `0x${toHex(header)}`, block: hash, number };
}

function fieldOf(value: unknown, kind: 'bytes' | 'number'): Rlp[] {
  if (typeof value !== 'string') return [];
  return [kind === 'number' ? rlpInteger(BigInt(value)) : fromHex(value.slice(2).toLowerCase())];
}
