import path from 'node:path';
import { certifiedFolder, packReceipt, type Language, type LookedUpFile } from '@carbon-ledger/core';
import { routes, type BodyIn } from '@carbon-ledger/client-sdk';
import type { CertificateStatement } from '@carbon-ledger/reports';
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
  /** Whether every record of it stands, and none is in doubt. */
  readonly stands: boolean;
}

/** Receipts in one question. */
const PER_QUESTION = 100;

/** @throws LedgerError what `certifiedFolder` throws */
export async function certificateOfFolder(
  context: Context,
  service: Service,
  place: string,
  { language, site }: { readonly language: Language; readonly site: string | undefined },
): Promise<FolderCertificate> {
  const verdicts = await verdictsOf(context, service, place);
  const looked = verdicts.map((verdict) => below(place, verdict));
  const { folder, records, anchoredAt } = certifiedFolder(path.basename(path.resolve(place)), looked);
  for (const { path: file, verdict, verdictZh, reason } of verdicts)
    if (verdict !== 'consistent') context.output.note(plainText(`${file}: ${verdictZh} ${verdict}: ${reason}`));
  const listed = looked.map(({ path: file, size, sha256, sm3 }) => ({ path: file, size, sha256, sm3 }));
  const asked = { name: folder.name, files: listed };
  const statement = { language, site: site ?? context.url, anchoredAt, folder };
  const pdf =
    site === undefined && isTaken(asked)
      ? await service.certifyFolder(asked, language)
      : await ownCertificate(service, records, statement);
  const isStanding = verdicts.every(({ verdict }) => verdict === 'consistent');
  return { pdf, files: folder.files.length, records, stands: isStanding };
}

/** What the service makes one of: it keeps the receipts, so that a folder has the same certificate when the log has grown. */
function isTaken(asked: BodyIn<'certifyFolder'>): boolean {
  const { body, bodyLimit } = routes.certifyFolder;
  return Buffer.byteLength(JSON.stringify(asked)) <= bodyLimit && body.safeParse(asked).success;
}

/** Under the checkpoint of today. */
async function ownCertificate(
  service: Service,
  records: readonly string[],
  statement: Omit<CertificateStatement, 'schema'>,
): Promise<Uint8Array> {
  const receipts = await receiptsOf(service, records);
  const { makeCertificate } = await import('@carbon-ledger/reports');
  return makeCertificate({ receipts, statement });
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

function below(place: string, verdict: FileVerdict): LookedUpFile {
  const { path: file, size = 0, sha256 = '', sm3 = '' } = verdict;
  return { ...verdict, path: path.relative(place, file).split(path.sep).join('/'), size, sha256, sm3 };
}

async function receiptsOf(service: Service, records: readonly string[]): Promise<Uint8Array[]> {
  const receipts: Uint8Array[] = [];
  for (let at = 0; at < records.length; at += PER_QUESTION) {
    const made = await service.receipts(records.slice(at, at + PER_QUESTION));
    receipts.push(...made.map(packReceipt));
  }
  return receipts;
}
