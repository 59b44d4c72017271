import path from 'node:path';
import { LedgerError, packReceipt, type Fault, type Language } from '@carbon-ledger/core';
import type { ListedFile } from '@carbon-ledger/reports';
import type { Context } from '../context';
import { hashFiles } from '../files/hash-files';
import type { Service } from '../service/service';
import { plainText } from '../output/style';
import { Folders } from '../verification/folders';
import { verifyFiles, type FileVerdict } from '../verification/verify-files';

/** One certificate for a folder: every file with its digests, and the receipt of every record that names one. */
export interface FolderCertificate {
  readonly pdf: Uint8Array;
  readonly files: number;
  readonly records: readonly string[];
}

/** Receipts in one question. */
const PER_QUESTION = 100;

/**
 * @throws LedgerError BAD_FILE naming every file that is not anchored as it is, FILE_UNREADABLE for an empty folder, BAD_REQUEST for more
 * records than one certificate holds
 */
export async function certificateOfFolder(
  context: Context,
  service: Service,
  place: string,
  { language, site }: { readonly language: Language; readonly site: string },
): Promise<FolderCertificate> {
  const verdicts = await verdictsOf(context, service, place);
  assertAllAnchored(place, verdicts);
  for (const { path: file, verdict, verdictZh, reason } of verdicts)
    if (verdict !== 'consistent') context.output.note(plainText(`${file}: ${verdictZh} ${verdict}: ${reason}`));
  const files = verdicts
    .map((verdict) => listed(place, verdict))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  const records = [...new Set(files.map(({ record }) => record))].sort();
  const { makeCertificate, MAX_CERTIFIED } = await import('@carbon-ledger/reports');
  if (records.length > MAX_CERTIFIED)
    throw new LedgerError(
      'BAD_REQUEST',
      `${place} needs ${String(records.length)} receipts and one certificate holds ${String(MAX_CERTIFIED)}: make one for each folder below it.`,
    );
  const receipts = await receiptsOf(service, records);
  const anchoredAt = Object.fromEntries(
    verdicts.flatMap(({ record, anchoredAt: time }) => (record && time ? [[record, time]] : [])),
  );
  const folder = { name: path.basename(path.resolve(place)), files };
  const pdf = await makeCertificate({ receipts, statement: { language, site, anchoredAt, folder } });
  return { pdf, files: files.length, records };
}

async function verdictsOf(context: Context, service: Service, place: string): Promise<FileVerdict[]> {
  const counter = context.output.counter('Looked up', 'files');
  const verdicts: FileVerdict[] = [];
  const hashed = hashFiles(new Folders([place]).documents());
  for await (const verdict of verifyFiles(hashed, {}, (items) => service.verify(items))) {
    context.io.signal.throwIfAborted();
    verdicts.push(verdict);
    counter.update(verdicts.length);
  }
  counter.stop();
  return verdicts;
}

/** All files at once: whoever anchors what is missing does it once. */
function assertAllAnchored(place: string, verdicts: readonly FileVerdict[]): void {
  if (verdicts.length === 0) throw new LedgerError('FILE_UNREADABLE', `${place} holds no file`);
  const faults = verdicts.filter(({ record }) => record === undefined).map(faultOf);
  const unlike = verdicts.filter(({ verdict }) => verdict === 'inconsistent').map(faultOf);
  const all = [...faults, ...unlike];
  if (all.length > 0)
    throw new LedgerError(
      'BAD_FILE',
      `${String(all.length)} of ${String(verdicts.length)} files are not anchored as they are`,
      {
        faults: all,
      },
    );
}

function faultOf({ path: file, verdict, verdictZh, reason }: FileVerdict): Fault {
  return { path: file, code: 'BAD_FILE', message: `${verdictZh} ${verdict}: ${reason}` };
}

function listed(place: string, { path: file, size = 0, sha256 = '', sm3 = '', record = '' }: FileVerdict): ListedFile {
  return { path: path.relative(place, file).split(path.sep).join('/'), size, sha256, sm3, record };
}

async function receiptsOf(service: Service, records: readonly string[]): Promise<Uint8Array[]> {
  const receipts: Uint8Array[] = [];
  for (let at = 0; at < records.length; at += PER_QUESTION) {
    const made = await service.receipts(records.slice(at, at + PER_QUESTION));
    receipts.push(...made.map(packReceipt));
  }
  return receipts;
}
