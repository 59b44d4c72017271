import { join } from 'node:path';
import type { Router } from 'express';
import { formatVkey, LedgerError, noteSigner, toBase64, type NoteSigner, type Policy } from '@carbon-ledger/core';
import type { PublishedCheckpoint } from '../log/checkpoint-keeper';
import { readNamed, readOrCreateSecret } from '@carbon-ledger/auditor/stored';
import { CheckpointStamper } from './checkpoint-stamper';
import type { OutsideConfig } from './config';
import { assertNotBehindChain, EvmClient } from './evm-client';
import { OutsideProofs } from './outside-proofs';
import { ProofFile } from './proof-file';
import { TimestampClient } from './timestamp-client';
import { Witness } from './witness';
import { assertNotBehindWitnesses, WitnessClient, type LogKeys, type ProvableLog } from './witness-client';
import { WitnessFeeder } from './witness-feeder';
import { witnessRouter } from './witness-router';
import { LevelWitnessStore } from './witness-store';

export interface OutsideServicesOptions {
  readonly config: OutsideConfig;
  /** `outside/` and `keys/witness.key` are made in it. */
  readonly dataDir: string;
  readonly log: ProvableLog;
  readonly keys: LogKeys;
  /** The newest signed checkpoint; waits for the first. */
  readonly newest: () => Promise<PublishedCheckpoint>;
  readonly clock: () => Date;
  readonly schedule: (task: () => void, ms: number) => () => void;
}

/** What a policy says of outsiders. */
export type OutsidePolicy = Pick<Policy, 'witnesses' | 'quorum' | 'timestampRoots' | 'anchor'>;

/** Everything outside of a gateway, made from its configuration. */
export interface OutsideServices {
  readonly policy: OutsidePolicy;
  readonly proofs: OutsideProofs;
  /** This gateway as a witness of other logs, to be mounted at any path; undefined unless configured. */
  readonly router: Router | undefined;
  /**
   * Call before the first signature. @throws LedgerError ROLLED_BACK when a witness or the chain holds more than the
   * log has, or other records
   */
  readonly assertNotBehind: () => Promise<void>;
  /** Ends rounds and closes the witness's memory. */
  readonly stop: () => Promise<void>;
}

/** @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT, USAGE for a quorum that cannot be reached, FILE_UNREADABLE */
export async function openOutsideServices(options: Readonly<OutsideServicesOptions>): Promise<OutsideServices> {
  const { config, dataDir, log, keys, newest, clock, schedule } = options;
  const clients = (config.witnesses?.list ?? []).map((endpoint) => new WitnessClient(withoutUndefined(endpoint)));
  const feeder =
    config.witnesses &&
    new WitnessFeeder({ witnesses: clients, quorum: config.witnesses.quorum, log, newest, schedule });
  const chain = config.chain && { client: await chainClient(config.chain), intervalMs: config.chain.intervalMs };
  const proofs = new OutsideProofs({
    feeder,
    stamper: config.timestamps && new CheckpointStamper(new TimestampClient(config.timestamps)),
    chain,
    newest,
    file: new ProofFile(join(dataDir, 'outside', 'proofs.json')),
    intervalMs: config.intervalMs,
    clock,
    schedule,
  });
  const own = config.witness && (await openWitness(config.witness, dataDir, clock));
  return {
    policy: policyOf(config),
    proofs,
    router: own && witnessRouter(own.witness),
    assertNotBehind: async () => {
      await assertNotBehindWitnesses(clients, keys, log);
      if (chain !== undefined) await assertNotBehindChain(chain.client, keys.logKey.name, log);
    },
    stop: async () => {
      await proofs.stop();
      await own?.store.close();
    },
  };
}

function policyOf({ witnesses, timestamps, chain }: OutsideConfig): OutsidePolicy {
  return {
    witnesses: (witnesses?.list ?? []).map(({ key }) => formatVkey(key)),
    quorum: witnesses?.quorum ?? 0,
    ...(timestamps === undefined ? {} : { timestampRoots: timestamps.roots.map(toBase64) }),
    ...(chain === undefined ? {} : { anchor: { chainId: chain.chainId, contract: chain.contract } }),
  };
}

/** The key with which a gateway cosigns for others, made on first use. @throws LedgerError STORE_CORRUPT */
export function ownWitness(dataDir: string, name: string): NoteSigner {
  return noteSigner(name, 'cosignature-v1', readOrCreateSecret(join(dataDir, 'keys', 'witness.key')));
}

async function openWitness(
  { name, logs }: NonNullable<OutsideConfig['witness']>,
  dataDir: string,
  clock: () => Date,
): Promise<{ witness: Witness; store: LevelWitnessStore }> {
  const signer = ownWitness(dataDir, name);
  // Apart from the projection, which may be thrown away and built again: this memory may not.
  const store = await LevelWitnessStore.open(join(dataDir, 'outside', 'witnessed'));
  return { witness: new Witness({ signer, logs, store, clock }), store };
}

async function chainClient({ keyFile, ...rest }: NonNullable<OutsideConfig['chain']>): Promise<EvmClient> {
  return new EvmClient({ ...withoutUndefined(rest), privateKey: await readPosterKey(keyFile) });
}

/** @throws LedgerError FILE_UNREADABLE, FILE_FORBIDDEN */
export async function readPosterKey(file: string): Promise<string> {
  const text = (await readNamed(file)).toString('utf8').trim();
  const key = /^(?:0x)?([0-9a-f]{64})$/.exec(text)?.[1];
  if (key === undefined) throw new LedgerError('FILE_UNREADABLE', `${file} does not hold 64 hex digits.`);
  return `0x${key}`;
}

type Present<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** The same without members that are undefined, which an optional member of ours does not allow. */
function withoutUndefined<Value extends object>(value: Value): Present<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Present<Value>;
}
