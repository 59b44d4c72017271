import './endorser/quiet-shim';
import { contracts as auditContracts } from '@carbon-ledger/chaincode';
import type { Contract } from 'fabric-contract-api';
import type { CollectionConfig } from './simulation/collections';

export interface EmbeddedPeerOptions {
  /** Folder of this peer; created when missing. Keys lie in it, so it must not be shared. */
  readonly dataDir: string;
  /** Default: what the folder was founded with; of a new one `audit`. */
  readonly channel?: string;
  /** Default: what the folder was founded with; of a new one `carbon-audit-ledger`. */
  readonly chaincodeName?: string;
  /** Contract classes written on fabric-contract-api; the first is the default contract. Default: the audit ledger's. */
  readonly contracts?: readonly (typeof Contract)[];
  /** Function name and arguments of the first transaction of a new folder; none = no such transaction. */
  readonly initArgs?: readonly string[];
  readonly initTransient?: Readonly<Record<string, Uint8Array>>;
  /** Default: one collection `figures` of all organisations. */
  readonly collections?: readonly CollectionConfig[];
  /** MSP ids, fixed when the folder is founded. Default: all of those; of a new folder `EmbeddedMSP`. */
  readonly organisations?: readonly string[];
  /** How many organisations' peers must endorse, default 1. */
  readonly endorsement?: { readonly required: number };
  /** Default 127.0.0.1 and a free port. The peer is meant for loopback only. */
  readonly listen?: { readonly host?: string; readonly port?: number };
  readonly block?: {
    /** Default 500 transactions. */
    readonly maxMessages?: number;
    /** Largest block and largest transaction, bytes; default 64 MiB. */
    readonly maxBytes?: number;
    /** Milliseconds an idle orderer waits for more before it cuts a block; default 0. */
    readonly lingerMs?: number;
  };
  /** Told the new height after each block has reached the disk. */
  readonly onBlock?: (height: bigint) => void;
  /** The time against which identities are checked, default the machine's. */
  readonly clock?: () => Date;
}

/** The options with every default in place. */
export interface PeerSettings {
  readonly dataDir: string;
  readonly channel: string;
  readonly chaincodeName: string;
  readonly contracts: readonly (typeof Contract)[];
  readonly initArgs: readonly string[];
  readonly initTransient: Readonly<Record<string, Uint8Array>>;
  readonly collections: ReadonlyMap<string, CollectionConfig>;
  readonly organisations: readonly string[];
  readonly required: number;
  readonly listen: { readonly host: string; readonly port: number };
  readonly block: { readonly maxMessages: number; readonly maxBytes: number; readonly lingerMs: number };
  readonly clock: () => Date;
  readonly onBlock: (height: bigint) => void;
}

const DEFAULT_BLOCK = { maxMessages: 500, maxBytes: 64 * 1024 * 1024, lingerMs: 0 };
const DEFAULT_LISTEN = { host: '127.0.0.1', port: 0 };
/** Fabric's rules for names of channels and chaincodes; MSP ids become folder names, so they are held to safe characters too. */
const CHANNEL_NAME = /^[a-z][a-z0-9.-]{0,248}$/;
const CHAINCODE_NAME = /^(?=.{1,100}$)[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/;
const MSP_ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

function assertMatches(pattern: RegExp, text: string, what: string): void {
  if (!pattern.test(text)) throw new RangeError(`${what} ${JSON.stringify(text)} is not a valid name`);
}

function assertRange(value: number, low: number, high: number, what: string): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(`${what} must be an integer from ${low} to ${high}`);
  }
}

function assertSettings(settings: PeerSettings): void {
  assertMatches(CHANNEL_NAME, settings.channel, 'channel');
  assertMatches(CHAINCODE_NAME, settings.chaincodeName, 'chaincode');
  for (const mspId of settings.organisations) assertMatches(MSP_ID, mspId, 'organisation');
  for (const name of settings.collections.keys()) assertMatches(MSP_ID, name, 'collection');
  assertRange(settings.organisations.length, 1, 100, 'the number of organisations');
  assertRange(settings.required, 1, settings.organisations.length, 'endorsement.required');
  assertRange(settings.block.maxMessages, 1, 10_000, 'block.maxMessages');
  assertRange(settings.block.maxBytes, 1024, 90 * 1024 * 1024, 'block.maxBytes');
  assertRange(settings.block.lingerMs, 0, 1000, 'block.lingerMs');
}

function hooks({ clock, onBlock }: EmbeddedPeerOptions): Pick<PeerSettings, 'clock' | 'onBlock'> {
  return { clock: clock ?? (() => new Date()), onBlock: onBlock ?? (() => undefined) };
}

function collectionsByName(
  { collections }: EmbeddedPeerOptions,
  organisations: readonly string[],
): ReadonlyMap<string, CollectionConfig> {
  const configs = collections ?? [{ name: 'figures', members: organisations }];
  return new Map(configs.map((config) => [config.name, config]));
}

/** @throws RangeError for a name or number out of range. */
export function resolveSettings(options: EmbeddedPeerOptions): PeerSettings {
  const organisations = options.organisations ?? ['EmbeddedMSP'];
  const settings: PeerSettings = {
    dataDir: options.dataDir,
    channel: options.channel ?? 'audit',
    chaincodeName: options.chaincodeName ?? 'carbon-audit-ledger',
    contracts: options.contracts ?? auditContracts,
    initArgs: options.initArgs ?? [],
    initTransient: options.initTransient ?? {},
    collections: collectionsByName(options, organisations),
    organisations,
    required: options.endorsement?.required ?? 1,
    listen: { ...DEFAULT_LISTEN, ...options.listen },
    block: { ...DEFAULT_BLOCK, ...options.block },
    ...hooks(options),
  };
  assertSettings(settings);
  return settings;
}
