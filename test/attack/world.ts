import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatVkey, noteSigner, originOf, type BuiltRecord, type NoteSigner, type Policy } from '@carbon-ledger/core';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { audit, openServiceLog, type Seen } from '@carbon-ledger/auditor';
import { type Gateway, startGateway } from '@carbon-ledger/gateway-api';
import { formatSecret } from '../../auditor/src/stored/key-file';
import { temporaryFolder } from '../support/temporary-folder';
import { LedgerFolder } from '../support/ledger-folder';
import { nameBlocks, type Names } from './names';
import { startOutsideWitness, type OutsideWitness } from './witness';

const LOG_SEED = 7;
const SEEN_AT = '2026-11-21T08:00:00Z';

/** What an auditor does each time: the whole log, not a sample. */
export const auditOptions = { seed: 'attack', samples: 1000, allLeaves: true, now: SEEN_AT } as const;

export function startService(folder: LedgerFolder, witness?: OutsideWitness): Promise<Gateway> {
  return startGateway({
    ledger: folder.ledger,
    dataDir: folder.dataDir,
    host: '127.0.0.1',
    port: 0,
    version: '0',
    deployment: 'embedded',
    logLevel: 'silent',
    outside: witness?.config,
  });
}

/**
 * A small honest ledger, and what those outside of it kept: an auditor's memory, a party's receipts, a witness's
 * cosignature. Attacks own copies of its folder; what others kept is out of their reach.
 *
 * Blocks: 0 configuration, 1 founding, 2 parties and rules, 3 plan, 4 sample receipt, 5 test report with private
 * figures, 6 monthly evidence with private figures, 7 a transaction that lost a read conflict against block 6.
 */
export class World {
  readonly ledgerId: string;
  /** Data folder: never changed, only copied. */
  readonly honest: string;
  /** The same folder as it was after block 5. */
  readonly older: string;
  readonly logSigner: NoteSigner;
  readonly policy: Policy;
  /** What the auditor saw of the honest ledger, and what they had seen before of the older one. */
  readonly seen: Seen;
  readonly seenOlder: Seen;
  /** Records by type, as their parties hold them. */
  readonly records: ReadonlyMap<string, BuiltRecord>;
  /** The party's receipts, by type of record. */
  readonly receipts: ReadonlyMap<string, unknown>;
  /** The service's checkpoints, of the older and of the honest ledger. */
  readonly olderNote: string;
  readonly note: string;
  readonly witness: OutsideWitness;
  readonly names: Names;
  readonly #root: string;

  private constructor(parts: WorldParts) {
    const { built } = parts;
    this.ledgerId = parts.ledgerId;
    this.honest = built.folder;
    this.older = built.older;
    this.logSigner = parts.logSigner;
    this.policy = parts.policy;
    this.seen = built.last.seen;
    this.seenOlder = built.first.seen;
    this.records = new Map(built.records.map((one) => [one.record.type, one]));
    this.receipts = new Map(built.records.map(({ record: { type } }, index) => [type, built.last.receipts[index]]));
    this.olderNote = built.first.note;
    this.note = built.last.note;
    this.witness = parts.witness;
    this.names = parts.names;
    this.#root = parts.root;
  }

  static async open(): Promise<World> {
    const root = temporaryFolder('attack');
    const honest = join(root, 'honest');
    const folder = await LedgerFolder.open({ dataDir: honest });
    const ledgerId = folder.id;
    const logSigner = noteSigner(originOf(ledgerId), 'ed25519', new Uint8Array(32).fill(LOG_SEED));
    writeLogKey(honest, LOG_SEED);
    const witness = await startOutsideWitness(logSigner.key);
    const policy: Policy = {
      schema: 'carbon-ledger/policy/v1',
      ledgerId,
      origin: logSigner.key.name,
      logKey: formatVkey(logSigner.key),
      witnesses: [],
      quorum: 0,
    };
    const built = await build(folder, join(root, 'older'), { policy, witness });
    const names = await nameBlocks(honest, built.records);
    return new World({ root, ledgerId, logSigner, policy, witness, built, names });
  }

  /** A copy of the honest folder to be attacked. */
  copy(from = this.honest): string {
    const folder = mkdtempSync(join(this.#root, 'copy-'));
    cpSync(from, folder, { recursive: true });
    return folder;
  }

  /** A running peer on a copy of a folder, with the records at hand that may be cited. */
  async reopen(dataDir: string): Promise<LedgerFolder> {
    const folder = await LedgerFolder.open({ dataDir });
    folder.remember(...this.records.values());
    return folder;
  }

  async close(): Promise<void> {
    await this.witness.close();
  }
}

interface Outsiders {
  readonly policy: Policy;
  readonly witness: OutsideWitness;
}

interface Served {
  readonly seen: Seen;
  readonly note: string;
  readonly receipts: readonly unknown[];
}

interface Built {
  readonly folder: string;
  readonly older: string;
  readonly first: Served;
  readonly last: Served;
  readonly records: readonly BuiltRecord[];
}

interface WorldParts extends Outsiders {
  readonly root: string;
  readonly ledgerId: string;
  readonly logSigner: NoteSigner;
  readonly built: Built;
  readonly names: Names;
}

/** Written before the gateway first starts, so that the witness can know the key. */
export function writeLogKey(dataDir: string, seed: number): void {
  const file = join(dataDir, 'keys', 'log.key');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, formatSecret(Buffer.alloc(32, seed)));
}

async function build(folder: LedgerFolder, older: string, outsiders: Outsiders): Promise<Built> {
  await folder.found();
  const { world, dataDir } = folder;
  const plan = world.plan();
  const receipt = world.receipt();
  const report = world.report(receipt);
  for (const record of [plan, receipt, report]) await folder.anchor([record]);
  const first = await serveOnce(folder, outsiders);
  await folder.close();
  cpSync(dataDir, older, { recursive: true });
  const records = [world.methodology, world.parameters, plan, receipt, report, world.evidence(plan, report)];
  const last = await withEvidence(dataDir, records, outsiders, first.seen);
  return { folder: dataDir, older, first, last, records };
}

/** The evidence, and a sample receipt that was endorsed before it and sent after it. */
async function withEvidence(
  dataDir: string,
  records: readonly BuiltRecord[],
  outsiders: Outsiders,
  seen: Seen,
): Promise<Served> {
  const folder = await LedgerFolder.open({ dataDir });
  const [evidence, ...others] = [...records].reverse();
  folder.remember(...others);
  const late = folder.anchorLate([folder.world.receipt('2024-02', '2024-03-04')], async () => {
    await folder.anchor([evidence!]);
  });
  await expect(late).rejects.toMatchObject({ code: 'COMMIT_INVALID' });
  const served = await serveOnce(folder, outsiders, seen, records);
  await folder.close();
  return served;
}

/** Until the checkpoint that the service shows, which is the last one that its witness signed, covers the whole log. */
async function untilWitnessed(url: string): Promise<void> {
  const { logSize } = await new LedgerClient({ baseUrl: url }).ledger();
  const response = await fetch(`${url}/v1/log/checkpoint`);
  const shown = response.ok ? Number((await response.text()).split('\n')[1]) : 0;
  if (shown < logSize) await untilWitnessed(url);
}

/** Runs the service once over the folder, for the witness, the auditor and the parties to see it. */
async function serveOnce(
  folder: LedgerFolder,
  { policy, witness }: Outsiders,
  before?: Seen,
  records: readonly BuiltRecord[] = [],
): Promise<Served> {
  const gateway = await startService(folder, witness);
  await gateway.ready;
  await untilWitnessed(gateway.url);
  const source = openServiceLog(gateway.url);
  const { note, seen, report } = await audit({ ...auditOptions, source, policy, seen: before });
  if (seen === undefined || report.findings.length > 0) throw new Error(JSON.stringify(report.findings));
  await witness.hasSeen(BigInt(report.size));
  const client = new LedgerClient({ baseUrl: gateway.url });
  const receipts = records.length === 0 ? [] : await client.receipts(records.map(({ id }) => id));
  await gateway.close();
  return { seen, note, receipts };
}
