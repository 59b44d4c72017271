import { rulebooks, type Rulebooks } from '@carbon-ledger/core';
import { common, peer } from '@hyperledger/fabric-protos';
import { decodeBlock, type Block } from '../blocks/block';
import { asBuffer } from '../blocks/bytes';
import { readChannelConfig, type ChannelConfig } from '../blocks/config';
import {
  assertHeader,
  BadTransaction,
  decodeHeader,
  decodeTransaction,
  deriveTxId,
  type EndorserTransaction,
  type EnvelopeHeader,
} from '../blocks/envelope';
import { blockDataHash } from '../blocks/header';
import { BadIdentity, type Identity, type Membership } from '../blocks/membership';
import { isSignedByOrderers } from '../blocks/orderers';
import { isPolicyMet } from '../blocks/policy';
import { addCounts, noCounts, type Finding, type Place } from '../finding';
import { EntryDigest } from '../stores/entry-digest';
import { sumProjected, sumProjection } from '../stores/projection-reader';
import type { PurgeMade } from '../purge-made';
import { AnchoringCheck, type AnchoringResult } from './anchoring';
import type {
  BlockJob,
  BlockResult,
  CheckerMessage,
  CheckerResult,
  CheckerSettings,
  ProjectionSums,
  TransactionFacts,
} from './job';

const Code = peer.TxValidationCode;

/** A transaction that an orderer may take: read, signed by its creator, under an id that follows from it. */
interface WellFormed {
  readonly header: EnvelopeHeader;
  readonly transaction: EndorserTransaction | undefined;
  readonly creator: Identity | undefined;
}

function verifyCreator(header: EnvelopeHeader, membership: Membership): Identity {
  try {
    return membership.verify(header.creator, header.payload, header.signature, header.time);
  } catch (cause) {
    if (!(cause instanceof BadIdentity)) throw cause;
    throw new BadTransaction(Code.BAD_CREATOR_SIGNATURE, cause.message, { cause });
  }
}

function readEndorserTransaction(header: EnvelopeHeader, config: ChannelConfig): WellFormed {
  if (header.channel !== config.channel)
    throw new BadTransaction(Code.TARGET_CHAIN_NOT_FOUND, `it is for the channel ${header.channel}`);
  const creator = verifyCreator(header, config.membership);
  if (deriveTxId(header) !== header.txId)
    throw new BadTransaction(Code.BAD_PROPOSAL_TXID, 'its id does not follow from nonce and creator');
  return { header, creator, transaction: decodeTransaction(header) };
}

/** @param blockTime when the block is no older, for a transaction that claims no time @throws BadTransaction */
function readEnvelope(bytes: Uint8Array, blockTime: number, config: ChannelConfig): WellFormed {
  const decoded = decodeHeader(bytes);
  const header = decoded.time === 0 ? { ...decoded, time: blockTime } : decoded;
  assertHeader(header);
  if (header.type === common.HeaderType.CONFIG) return { header, creator: undefined, transaction: undefined };
  if (header.type === common.HeaderType.ENDORSER_TRANSACTION) return readEndorserTransaction(header, config);
  throw new BadTransaction(Code.UNKNOWN_TX_TYPE, 'it is neither a transaction nor a configuration');
}

/** Those whose endorsement holds; one that does not merely does not count, as in Fabric. */
function endorsersOf({ header, endorsements, responsePayload }: EndorserTransaction, members: Membership): Identity[] {
  return endorsements.flatMap(({ endorser, signature }) => {
    try {
      return [members.verify(endorser, Buffer.concat([responsePayload, endorser]), signature, header.time)];
    } catch (error) {
      if (error instanceof BadIdentity) return [];
      throw error;
    }
  });
}

function isEndorsed(transaction: EndorserTransaction, facts: TransactionFacts, config: ChannelConfig): boolean {
  const endorsers = endorsersOf(transaction, config.membership);
  return facts.policies.every((policy) => isPolicyMet(policy, config.policies, endorsers));
}

interface Outcome {
  readonly code: number;
  readonly reason: string;
  readonly wellFormed?: WellFormed;
}

/** What a peer must find about this transaction, and why. */
function outcomeOf(block: Block, index: number, facts: TransactionFacts, config: ChannelConfig): Outcome {
  try {
    const bytes = block.envelopes[index] ?? new Uint8Array(0);
    const wellFormed = readEnvelope(bytes, timeOf(block) ?? 0, config);
    const { transaction } = wellFormed;
    if (transaction === undefined) return { code: Code.VALID, reason: 'a configuration', wellFormed };
    if (facts.refused !== undefined)
      return { code: facts.refused, reason: 'its id or its read-write set cannot be accepted' };
    if (!isEndorsed(transaction, facts, config))
      return { code: Code.ENDORSEMENT_POLICY_FAILURE, reason: 'its endorsements do not fulfil the policy' };
    return { code: facts.replayed, reason: 'its id and the keys that it read say so', wellFormed };
  } catch (error) {
    if (error instanceof BadTransaction) return { code: error.code, reason: error.message };
    throw error;
  }
}

function codeName(code: number | undefined): string {
  const found = Object.entries(Code).find(([, value]) => value === code);
  return found?.[0] ?? `code ${String(code)}`;
}

/** Checks blocks one by one, each with the facts that its predecessors gave; keeps nothing but configurations. */
export class BlockChecker {
  readonly #settings: CheckerSettings;
  readonly #books: Rulebooks;
  readonly #configs = new Map<number, ChannelConfig>();

  /** @param books editions of the rules that are known; default: those of this build */
  constructor(settings: CheckerSettings, books: Rulebooks = rulebooks) {
    this.#settings = settings;
    this.#books = books;
  }

  /** A configuration has no result of its own. */
  async handle(message: CheckerMessage): Promise<CheckerResult> {
    if (message.kind === 'block') return { block: await this.check(message.job) };
    if (message.kind === 'projection') return { sums: await this.sums(message.location, message.tables) };
    if (message.kind === 'projected') return { sums: await this.projected(message.location) };
    this.#configs.set(message.number, readChannelConfig(message.envelope));
    return {};
  }

  sums(location: string, tables: readonly string[]): Promise<ProjectionSums> {
    return sumProjection(location, tables, this.#settings.secret);
  }

  projected(location: string): Promise<ProjectionSums> {
    return sumProjected(location, this.#settings.secret);
  }

  async check(job: BlockJob): Promise<BlockResult> {
    const block = decodeBlock(job.bytes);
    const config = this.#configs.get(job.config);
    if (config === undefined) throw new Error(`configuration ${String(job.config)} was never given`);
    const counts = noCounts();
    counts.blocks = 1;
    counts.transactions = block.envelopes.length;
    const findings = blockFindings(job.number, block, config);
    const purges: PurgeMade[] = [];
    const projected = new EntryDigest(this.#settings.secret);
    for (const [index, facts] of job.transactions.entries()) {
      const result = await this.#checkTransaction(block, index, facts, config, job.isProjected ? projected : undefined);
      findings.push(...result.findings);
      purges.push(...(result.purges ?? []));
      addCounts(counts, result.counts);
    }
    return { number: job.number, findings, counts, purges, projected: projected.sums() };
  }

  async #checkTransaction(
    block: Block,
    index: number,
    facts: TransactionFacts,
    config: ChannelConfig,
    projected: EntryDigest | undefined,
  ): Promise<AnchoringResult> {
    const { code, reason, wellFormed } = outcomeOf(block, index, facts, config);
    const recorded = block.codes[index];
    const place = placeOf(block, index);
    const findings: Finding[] = [];
    if (recorded !== code) {
      const message = `it is marked ${codeName(recorded)}, but is ${codeName(code)}: ${reason}`;
      findings.push({ ...place, code: 'VALIDATION_CODE_WRONG', field: `transaction ${String(index)}`, message });
    }
    const counts = { invalid: Number(recorded !== Code.VALID) };
    const { transaction, creator } = wellFormed ?? {};
    if (transaction === undefined || creator === undefined || facts.anchoring === undefined)
      return { findings, counts };
    const context = { names: this.#settings.names, books: this.#books, place, msp: creator.mspId, projected };
    const anchored = await new AnchoringCheck(transaction, facts.anchoring, context).run();
    return { ...anchored, findings: [...findings, ...anchored.findings], counts: { ...counts, ...anchored.counts } };
  }
}

function placeOf(block: Block, index: number): Place & { readonly block: number } {
  const txId = readTxId(block.envelopes[index]);
  return { block: block.header.number, ...(txId === '' ? {} : { transaction: txId }) };
}

function readTxId(envelope: Uint8Array | undefined): string {
  try {
    return decodeHeader(envelope ?? new Uint8Array(0)).txId;
  } catch (error) {
    if (error instanceof BadTransaction) return '';
    throw error;
  }
}

/** Latest time that a transaction of the block claims: the block is not older. */
function timeOf(block: Block): number | undefined {
  const times = block.envelopes.map((bytes) => {
    try {
      return decodeHeader(bytes).time;
    } catch (error) {
      if (error instanceof BadTransaction) return 0;
      throw error;
    }
  });
  const latest = Math.max(0, ...times);
  return latest === 0 ? undefined : latest;
}

/** What a block says of itself: data, orderers, one code per transaction, nothing besides. */
function blockFindings(number: number, block: Block, config: ChannelConfig): Finding[] {
  const findings: Finding[] = [];
  const add = (code: Finding['code'], field: string, message: string): number =>
    findings.push({ block: number, code, field, message });
  if (!blockDataHash(block.envelopes).equals(asBuffer(block.header.dataHash)))
    add('BLOCK_DATA_MISMATCH', 'header.data_hash', 'the hash of the transactions is another one');
  if (!block.isExact) add('BLOCK_MALFORMED', 'bytes', 'it holds bytes that belong to no field');
  if (block.codes.length !== block.envelopes.length)
    add('BLOCK_MALFORMED', 'metadata.TRANSACTIONS_FILTER', 'it has not one code for each transaction');
  // Block 0 of a Fabric channel is signed by nobody: it is known by its hash, which is the ledger's id.
  const mayBeUnsigned = number === 0 && block.signatures.length === 0;
  if (!mayBeUnsigned && !isSignedByOrderers(block, config, timeOf(block)))
    add('BLOCK_UNSIGNED', 'metadata.SIGNATURES', 'the signatures do not fulfil the channel’s BlockValidation policy');
  return findings;
}
