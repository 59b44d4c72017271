import { catalogue, formatRecordId, isLedgerError, recordLeafHash, verifyFigures } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { audit, openServiceLog } from '@carbon-ledger/auditor';
import type { Gateway } from '@carbon-ledger/gateway-api';
import { runInProcess } from '../../cli/src/testing/test-io';
import { LedgerFolder } from '../support/ledger-folder';
import { enterprise } from '../support/trial-world';
import { auditOptions, startService, type World } from './world';

/** Who noticed an attack, with which code, where, in which words. */
export interface Sighting {
  readonly by: string;
  readonly code: string;
  /** Block, transaction, record, field, as far as told. */
  readonly place: string;
  readonly message: string;
}

interface FoundPlace {
  readonly code: string;
  readonly message: string;
  readonly block?: number;
  readonly transaction?: string;
  readonly record?: string;
  readonly field: string;
}

function placeOf({ block, transaction, record, field }: FoundPlace): string {
  const parts = [block === undefined ? undefined : `block ${String(block)}`, transaction, record, field];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

const codes = Object.keys(catalogue);

/** The first finding of each code, block by block, so that what merely follows from it does not hide it. */
export function sightingsOf(by: string, findings: readonly FoundPlace[]): Sighting[] {
  const rank = ({ block, code }: FoundPlace): number => (block ?? 1000) * 1000 + codes.indexOf(code);
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  const first = new Map<string, Sighting>();
  for (const finding of sorted)
    if (!first.has(finding.code))
      first.set(finding.code, { by, code: finding.code, place: placeOf(finding), message: finding.message });
  return [...first.values()];
}

/** An error of the catalogue as a sighting. Anything else is a defect of the program, and is thrown on. */
export function refusal(by: string, error: unknown): Sighting {
  if (!isLedgerError(error)) throw error;
  return { by, code: error.code, place: '', message: error.message };
}

/** What `carbon-ledger fsck` says of the folder. */
export async function byFsck(dataDir: string, ...options: readonly string[]): Promise<Sighting[]> {
  const { stdout, stderr } = await runInProcess(['fsck', '--data', dataDir, '--threads', '0', '--json', ...options]);
  const { findings } = JSON.parse(stdout === '' ? '{}' : stdout) as { findings?: FoundPlace[] };
  if (findings !== undefined) return sightingsOf('fsck', findings);
  const { error } = JSON.parse(stderr) as { error: { code: string; message: string } };
  if (error.code === 'INTERNAL') throw new Error(`fsck ended with ${stderr}`);
  return [{ by: 'fsck', code: error.code, place: '', message: error.message }];
}

/** What an outside auditor says who saw the honest ledger before, or never looked before. */
export async function byAuditor(url: string, world: World, looked: 'before' | 'never' = 'before'): Promise<Sighting[]> {
  const seen = looked === 'before' ? world.seen : undefined;
  try {
    const source = openServiceLog(url);
    const { report } = await audit({ ...auditOptions, source, policy: world.policy, seen });
    return sightingsOf('auditor', report.findings);
  } catch (error) {
    return [refusal('auditor', error)];
  }
}

/** What a party says that reads the records which are open to it, with their figures, and traces its month. */
export async function byReader(url: string): Promise<Sighting[]> {
  const { uscc } = enterprise;
  const client = new LedgerClient({ baseUrl: url, party: uscc, signer: trialSigner(uscc) });
  const found: FoundPlace[] = [];
  try {
    for await (const { id, key, record, figures, figuresAccess } of client.allRecords({ include: 'figures' })) {
      const own = formatRecordId(recordLeafHash(record));
      if (own !== id) found.push({ code: 'RECORD_MISMATCH', field: key, message: 'it is not the record of this id' });
      if (record.figuresRoot !== null && figures === undefined)
        found.push({ code: 'NOT_FOUND', field: key, message: `its figures are not shown: ${figuresAccess}` });
      if (figures !== undefined) found.push(...figuresFault(key, record.figuresRoot, figures));
    }
  } catch (error) {
    return [...sightingsOf('reader', found), refusal('reader', error)];
  }
  return sightingsOf('reader', found);
}

function figuresFault(key: string, root: string | null, figures: Parameters<typeof verifyFigures>[1]): FoundPlace[] {
  try {
    verifyFigures(root, figures);
    return [];
  } catch (error) {
    const { code, message } = refusal('reader', error);
    return [{ code, field: key, message }];
  }
}

/** Why the service signs nothing, if so. */
async function refusedToSign(gateway: Gateway): Promise<Sighting[]> {
  await gateway.ready;
  try {
    await new LedgerClient({ baseUrl: gateway.url }).checkpoint();
    return [];
  } catch (error) {
    return [refusal('start-up', error)];
  }
}

export interface ServiceObservers {
  /** The gateway takes its checkpoints to the witness. */
  readonly witnessed?: boolean;
  /** Default: all who look from outside. */
  readonly outside?: (url: string, world: World) => Promise<Sighting[]>;
}

async function byEveryone(url: string, world: World): Promise<Sighting[]> {
  return [...(await byAuditor(url, world)), ...(await byReader(url))];
}

/** Starts peer and gateway on the folder: either they refuse, or those outside look at what they show. */
export async function byService(dataDir: string, world: World, options: ServiceObservers = {}): Promise<Sighting[]> {
  const { witnessed = false, outside = byEveryone } = options;
  let folder: LedgerFolder | undefined;
  let gateway: Gateway | undefined;
  try {
    folder = await LedgerFolder.open({ dataDir });
    gateway = await startService(folder, witnessed ? world.witness : undefined);
    const refused = await refusedToSign(gateway);
    return refused.length > 0 ? refused : await outside(gateway.url, world);
  } catch (error) {
    return [refusal('start-up', error)];
  } finally {
    await gateway?.close();
    await folder?.close();
  }
}

/** Everybody who may notice that a folder was changed while the service was stopped. */
export async function observe(dataDir: string, world: World, options: ServiceObservers = {}): Promise<Sighting[]> {
  return [...(await byFsck(dataDir)), ...(await byService(dataDir, world, options))];
}
