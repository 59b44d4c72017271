import { stat } from 'node:fs/promises';
import {
  isCertificate,
  isLedgerError,
  LedgerError,
  parseReceipt,
  receiptRecordId,
  verifyReceipt,
  type Language,
} from '@carbon-ledger/core';
import type { Command } from 'commander';
import { certificateOfFolder } from '../certificates/of-folder';
import type { Context } from '../context';
import { hashFile, isHashed } from '../files/hash-file';
import { findPlace } from '../files/place';
import { readBytes } from '../files/read-file';
import { writeWhole } from '../files/write-file';
import { paperLanguage } from '../output/paper-language';
import { exitCodes } from '../output/problem';
import { pinPolicy } from '../receipts/pin-policy';
import { policyFor } from '../receipts/verdict';
import type { Service } from '../service/service';
import { noteStanding } from '../verification/standing';
import { stands } from '../verification/stands';
import { withExample, type Register } from '../tool';

interface CertificateOptions {
  readonly output: string;
  readonly language: string;
  readonly site?: string;
}

/** USCC/UNIT/PERIOD/KIND */
const BUSINESS_KEY_PARTS = 4;

interface Made {
  readonly pdf: Uint8Array;
  readonly records: readonly string[];
  readonly files?: number;
  /** Whether every record of it stands, and none is in doubt; absent where the service was not asked. */
  readonly stands?: boolean;
}

const kindOfPlace = async (place: string): Promise<'folder' | 'file' | 'none'> => {
  const found = await stat(await findPlace(place)).catch(() => undefined);
  if (found === undefined) return 'none';
  return found.isDirectory() ? 'folder' : 'file';
};

/** Out of a receipt, with no service asked; undefined where the file is none. */
async function ofReceipt(context: Context, file: string, options: CertificateOptions): Promise<Made | undefined> {
  const bytes = await readBytes(file);
  const id = recordIn(bytes);
  if (id === undefined) return undefined;
  await assertHolds(context, bytes);
  const { makeCertificate } = await import('@carbon-ledger/reports');
  const statement = { language: paperLanguage(options.language), site: options.site ?? context.url, anchoredAt: {} };
  return { pdf: await makeCertificate({ receipts: [bytes], statement }), records: [id] };
}

/**
 * A certificate is a paper for people: none is written of a receipt that fails. Where no policy is pinned, that is said.
 * @throws LedgerError whatever the receipt fails with
 */
async function assertHolds(context: Context, receipt: Uint8Array): Promise<void> {
  try {
    const policy = await policyFor(context, undefined, parseReceipt(receipt).policyId);
    const { code, message } = verifyReceipt({ receipt, policy: policy.text });
    if (code !== undefined) throw new LedgerError(code, message);
  } catch (error) {
    if (!isLedgerError(error) || error.code !== 'POLICY_NOT_PINNED') throw error;
    context.output.note('The receipt was not verified: no policy of its ledger is pinned.');
  }
}

function recordIn(bytes: Uint8Array): string | undefined {
  try {
    return receiptRecordId(parseReceipt(bytes).record);
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

async function ofRecord(context: Context, service: Service, name: string, language: Language): Promise<Made> {
  const found = await service.recordNamed(name);
  noteStanding(context, found);
  return { pdf: await service.certificate(found.id, language), records: [found.id], stands: stands(found) };
}

/** Of the record that names this file, unchanged. @throws LedgerError NOT_FOUND, DOCUMENT_MISMATCH */
async function ofDocument(context: Context, service: Service, file: string, language: Language): Promise<Made> {
  const hashed = await hashFile(await findPlace(file));
  if (!isHashed(hashed)) throw new LedgerError('FILE_UNREADABLE', `${file} cannot be read: ${hashed.error}`);
  const { name, sha256, sm3 } = hashed;
  const [answer] = await service.verify([{ name, sha256, sm3 }]);
  if (answer?.verdict === 'inconsistent')
    throw new LedgerError(
      'DOCUMENT_MISMATCH',
      `${file} is not the file that ${answer.key ?? 'a record'} names: ${answer.reason}`,
    );
  if (answer?.record === undefined) throw new LedgerError('NOT_FOUND', `${file} is anchored by no record`);
  return ofRecord(context, service, answer.record, language);
}

function isRecordName(name: string): boolean {
  return name.startsWith('rec:') || name.split('/').length === BUSINESS_KEY_PARTS;
}

async function make(context: Context, name: string, options: CertificateOptions): Promise<Made> {
  const language = paperLanguage(options.language);
  const kind = name.startsWith('rec:') ? 'none' : await kindOfPlace(name);
  if (kind === 'file') {
    if (isCertificate(await readBytes(name))) throw new LedgerError('USAGE', `${name} is a certificate already`);
    const offline = await ofReceipt(context, name, options);
    if (offline !== undefined) return offline;
  }
  if (kind === 'none' && !isRecordName(name))
    throw new LedgerError('NOT_FOUND', `there is no file or folder ${name}, and it is no record id or business key`);
  const service = await context.service();
  await pinPolicy(context, await service.policy());
  if (kind === 'none') return ofRecord(context, service, name, language);
  if (kind === 'file') return ofDocument(context, service, name, language);
  return certificateOfFolder(context, service, name, { language, site: options.site });
}

async function certificate(context: Context, name: string, options: CertificateOptions): Promise<number> {
  const made = await make(context, name, options);
  const { pdf, records, files } = made;
  await writeWhole(options.output, pdf);
  const standing = made.stands === undefined ? {} : { stands: made.stands };
  const told = {
    file: options.output,
    size: pdf.length,
    records,
    ...(files === undefined ? {} : { files }),
    ...standing,
  };
  context.output.result(told, () => {
    const what = files === undefined ? (records[0] ?? '') : `${String(files)} files, ${String(records.length)} records`;
    return `${what}\n${options.output}  ${String(pdf.length)} bytes`;
  });
  // It was anchored, and that is what the paper says; who only looks at the answer must not take it for what stands.
  return made.stands === false ? exitCodes.no : exitCodes.yes;
}

export const registerCertificate: Register = (program, tool) => {
  const command = program
    .command('certificate')
    .summary('write the certificate of a record, a file or a folder (存证证书)')
    .description(
      'Write a certificate (存证证书) as PDF/A-3 with the receipt inside: of a record, of the record that names a file, of a receipt (offline), or one for a whole folder with the list of its files. verify-receipt and the drop box read it. Where a record of it does not stand any more, or is in doubt, it is written all the same, that is told, and the exit code is 1.',
    )
    .argument(
      '<record|file|folder>',
      'record id (rec:…), business key USCC/UNIT/PERIOD/KIND, document, receipt, or folder',
    )
    .requiredOption('-o, --output <file>', 'where to write it (.pdf)')
    .option('--language <language>', 'zh or en', 'zh')
    .option('--site <address>', 'where QR codes of folders and receipts lead to (default: the service)')
    .action(function (this: Command, name: string, options: CertificateOptions) {
      return tool.run(this, (context) => certificate(context, name, options));
    });
  withExample(
    command,
    'carbon-ledger certificate 91140000MA0FAKE01X/PLANT/2024/annual-report -o 存证证书.pdf',
    'carbon-ledger certificate evidence/2024-09 -o 存证证书-2024-09.pdf',
  );
};
