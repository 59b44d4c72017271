import { LedgerError } from '@carbon-ledger/core';
import { peer } from '@hyperledger/fabric-protos';
import type { DecodedBlock } from './block/block';
import { Code } from './block/codes';
import { blockDataHash } from './block/header';
import { decodeEnvelope } from './block/transaction';
import { readGenesis } from './chain';
import { BlockIndex } from './ledger/blocks';
import type { Store } from './ledger/store';
import type { EmbeddedPeerOptions } from './options';

/** The names that a ledger was founded with. They stand in its blocks, so no file beside them can say otherwise. */
interface FoundedNames {
  readonly channel: string;
  readonly organisations: readonly string[];
  /** Undefined as long as nothing was submitted. */
  readonly chaincodeName: string | undefined;
}

function chaincodeCalled(envelope: Uint8Array): string | undefined {
  const extension = decodeEnvelope(envelope).channelHeader.getExtension_asU8();
  return peer.ChaincodeHeaderExtension.deserializeBinary(extension).getChaincodeId()?.getName();
}

function isWhole({ header, envelopes }: DecodedBlock): boolean {
  return blockDataHash(envelopes).equals(header.dataHash);
}

function chaincodeIn(block: DecodedBlock | undefined): string | undefined {
  if (block === undefined || !isWhole(block)) return undefined;
  const valid = block.envelopes.find((_, at) => block.codes[at] === Code.VALID);
  return valid === undefined ? undefined : chaincodeCalled(valid);
}

/**
 * The chaincode that the first valid transaction called. It decides where the state is looked for, so blocks that do not
 * match their header are passed over; they are told where they are checked.
 */
export function chaincodeOf(blocks: BlockIndex): string | undefined {
  const { height } = blocks.tip();
  for (let number = 1; number < height; number++) {
    const name = chaincodeAt(blocks, number);
    if (name !== undefined) return name;
  }
  return undefined;
}

function chaincodeAt(blocks: BlockIndex, number: number): string | undefined {
  try {
    return chaincodeIn(blocks.block(number));
  } catch {
    return undefined;
  }
}

function readNames(blocks: BlockIndex): FoundedNames {
  const { channel, organisations } = readGenesis(blocks).config;
  return { channel, organisations: [...organisations.keys()], chaincodeName: chaincodeOf(blocks) };
}

/** Undefined where there is no ledger yet. @throws LedgerError STORE_CORRUPT */
function namesOf(store: Store, dataDir: string): FoundedNames | undefined {
  const blocks = new BlockIndex(store);
  try {
    return blocks.tip().height === 0 ? undefined : readNames(blocks);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LedgerError('STORE_CORRUPT', `${dataDir}: ${reason}`, { cause });
  }
}

type Names = Pick<EmbeddedPeerOptions, 'channel' | 'chaincodeName' | 'organisations'>;

function differences(asked: Names, founded: FoundedNames): string[] {
  const isOther = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && one !== other;
  const lacking = (asked.organisations ?? []).filter((mspId) => !founded.organisations.includes(mspId));
  return [
    ...(isOther(asked.channel, founded.channel) ? [`channel ${founded.channel}, not ${String(asked.channel)}`] : []),
    ...(isOther(asked.chaincodeName, founded.chaincodeName)
      ? [`chaincode ${String(founded.chaincodeName)}, not ${String(asked.chaincodeName)}`]
      : []),
    ...(lacking.length === 0
      ? []
      : [`the organisations ${founded.organisations.join(', ')}; it has no ${lacking.join(', ')}`]),
  ];
}

/**
 * Options with the names that the folder was founded with, where they say none.
 * @throws LedgerError USAGE where they say others, STORE_CORRUPT
 */
export function asFounded(options: EmbeddedPeerOptions, store: Store): EmbeddedPeerOptions {
  const founded = namesOf(store, options.dataDir);
  if (founded === undefined) return options;
  const other = differences(options, founded);
  if (other.length > 0)
    throw new LedgerError('USAGE', `${options.dataDir} holds ${other.join('; ')}. Names are given when it is founded.`);
  const chaincodeName = founded.chaincodeName ?? options.chaincodeName;
  return {
    ...options,
    channel: founded.channel,
    organisations: options.organisations ?? founded.organisations,
    ...(chaincodeName === undefined ? {} : { chaincodeName }),
  };
}
