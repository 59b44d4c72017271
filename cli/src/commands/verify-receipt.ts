import type { FileDigests, ReceiptVerdict, StepName, TlogProofVerdict } from '@carbon-ledger/core';
import { LedgerError } from '@carbon-ledger/core/errors';
import { isPdf, receiptsInCertificate } from '@carbon-ledger/core/pdf';
import { isTlogProof, parseReceipt, verifyReceipt, verifyTlogProof } from '@carbon-ledger/core/receipt';
import type { Command } from 'commander';
import type { Context } from '../context';
import { hashFile, isHashed } from '../files/hash-file';
import { findPlace } from '../files/place';
import { readBytes } from '../files/read-file';
import { plainText } from '../output/style';
import type { StoredPolicy } from '../receipts/policy-store';
import { anchoredCheckpoint, type AnchorOptions } from '../receipts/anchored';
import { exitCodeOfResult, formatStatements, policyFor, withPages } from '../receipts/verdict';
import { askStanding, exitCodeOfStanding, formatStanding, type AskedStanding } from '../verification/asked-standing';
import { withExample, type Register } from '../tool';

interface VerifyReceiptOptions extends AnchorOptions {
  readonly document?: string;
  readonly policy?: string;
  readonly issuer?: string;
  readonly type?: string;
  readonly record?: string;
  readonly standing?: boolean;
}

async function digestsOf(file: string | undefined): Promise<FileDigests | undefined> {
  if (file === undefined) return undefined;
  const outcome = await hashFile(await findPlace(file));
  if (isHashed(outcome)) return { sha256: outcome.sha256, sm3: outcome.sm3 };
  throw new LedgerError('FILE_UNREADABLE', `${file} cannot be read: ${outcome.error}`);
}

/** The policy that the receipt says it was made under: only to choose among those that are pinned already. */
function claimedPolicy(receipt: Uint8Array, isPinned: boolean): string | undefined {
  if (isTlogProof(receipt)) return undefined;
  try {
    return parseReceipt(receipt).policyId;
  } catch (error) {
    // A receipt that cannot be read needs no policy to be refused, and saying that one is missing would mislead.
    if (!isPinned) throw error;
    return undefined;
  }
}

function expectationOf({ issuer, type, record }: VerifyReceiptOptions): Record<string, string> {
  const expected = { issuer, type, recordId: record };
  return Object.fromEntries(
    Object.entries(expected).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const marks = { ok: '✓', failed: '✗', pending: '…', 'not-asked': '–' } as const;

type Verdict = ReceiptVerdict | TlogProofVerdict;

function formatSteps(verdict: Verdict): string {
  return verdict.steps
    .map(({ name, outcome }: { name: StepName; outcome: keyof typeof marks }) => `  ${marks[outcome]} ${name}`)
    .join('\n');
}

function formatVerdict(verdict: Verdict, policy: StoredPolicy): string {
  const { record } = verdict;
  const reason = verdict.code === undefined ? '' : `  ${verdict.code}: ${verdict.message ?? ''}`;
  const waiting = verdict.missing.length === 0 ? '' : `  missing: ${verdict.missing.join(', ')}`;
  const about = record
    ? [
        `${record.key}  version ${String(record.version)}`,
        record.id,
        'signedAt' in record ? `signed by ${record.issuer} at ${record.signedAt}` : `issued by ${record.issuer}`,
      ]
    : [];
  const lines = [
    `${verdict.result}${reason}${waiting}`,
    ...about,
    `policy ${policy.file}`,
    formatSteps(verdict),
    ...formatStatements('This proves:', verdict.proves),
    ...formatStatements('This does not prove:', verdict.doesNotProve),
  ];
  return lines.map((line) => line.split('\n').map(plainText).join('\n')).join('\n');
}

interface Verified {
  readonly verdict: Verdict;
  readonly policy: StoredPolicy;
}

/** One receipt or tlog-proof. @param file where it stands */
async function verifyOne(
  context: Context,
  { file, receipt }: { readonly file: string; readonly receipt: Uint8Array },
  options: VerifyReceiptOptions,
  document: FileDigests | undefined,
): Promise<Verified> {
  const policy = await policyFor(context, options.policy, claimedPolicy(receipt, options.policy !== undefined));
  const anchored = await anchoredCheckpoint(file, policy.text, options);
  const question = {
    policy: policy.text,
    expect: expectationOf(options),
    ...(document === undefined ? {} : { document }),
  };
  const verdict = isTlogProof(receipt)
    ? verifyTlogProof({ ...question, proof: receipt })
    : verifyReceipt({ ...question, receipt, ...(anchored === undefined ? {} : { anchored }) });
  return { verdict, policy };
}

async function verify(context: Context, file: string, options: VerifyReceiptOptions): Promise<number> {
  const receipt = await readBytes(file);
  const document = await digestsOf(options.document);
  if (isPdf(receipt)) return verifyCertificate(context, file, receipt, options, document);
  const { verdict, policy } = await verifyOne(context, { file, receipt }, options, document);
  const asked = await standingOf(context, [verdict], options);
  const standing = await formatStanding(asked);
  context.output.result({ ...verdict, policy: policy.file, ...asked }, () =>
    [formatVerdict(verdict, policy), ...standing].join('\n'),
  );
  return exitCodeWith(verdict.result, asked);
}

/** Asked only of what did not fail, and only where that is wanted: all else is offline. */
async function standingOf(
  context: Context,
  verdicts: readonly Verdict[],
  { standing }: VerifyReceiptOptions,
): Promise<AskedStanding | undefined> {
  if (standing !== true) return undefined;
  const ids = verdicts.flatMap(({ record }) => (record === undefined ? [] : [record.id]));
  return ids.length === 0 ? undefined : askStanding(context, ids);
}

function exitCodeWith(result: keyof typeof exitCodeOfResult, asked: AskedStanding | undefined): number {
  return asked === undefined || result !== 'PASS' ? exitCodeOfResult[result] : exitCodeOfStanding(asked);
}

const AS_ISSUED = 'pages: as this version writes them from what is attached 版面与附件一致';
const NOT_AS_ISSUED =
  'pages: NOT as this version writes them from what is attached (altered, sealed, or of another version): only what is said below counts 版面与附件不符，以下列结果为准';

/** Every receipt that a certificate carries; of a folder, the document must be named by one of them. */
async function verifyCertificate(
  context: Context,
  file: string,
  pdf: Uint8Array,
  options: VerifyReceiptOptions,
  document: FileDigests | undefined,
): Promise<number> {
  const receipts = receiptsInCertificate(pdf);
  const all: Verified[] = [];
  for (const { bytes } of receipts) {
    const one = { file, receipt: bytes };
    const asked = await verifyOne(context, one, options, document);
    const isOther = receipts.length > 1 && asked.verdict.code === 'DOCUMENT_MISMATCH';
    all.push(isOther ? await verifyOne(context, one, options, undefined) : asked);
  }
  const { isAsIssued } = await import('@carbon-ledger/reports');
  const asIssued = await isAsIssued(pdf);
  const isNamed = document === undefined || all.some(({ verdict }) => verdict.record && 'document' in verdict.record);
  const result = isNamed ? withPages(worstOf(all), asIssued) : 'FAIL';
  const lines = [result, asIssued ? AS_ISSUED : NOT_AS_ISSUED, ...(isNamed ? [] : [NOT_NAMED])];
  const asked = await standingOf(
    context,
    all.map(({ verdict }) => verdict),
    options,
  );
  const told = { result, pages: { asIssued }, documentNamed: isNamed, ...asked, receipts: all.map(toldOf) };
  const standing = (await formatStanding(asked)).join('\n');
  context.output.result(told, () =>
    [...lines, ...all.map(({ verdict, policy }) => formatVerdict(verdict, policy)), standing].join('\n\n'),
  );
  return exitCodeWith(result, asked);
}

const NOT_NAMED = 'FAIL  DOCUMENT_MISMATCH: no record of this certificate names the file 证书所列记录均未登记该文件';

function toldOf({ verdict, policy }: Verified): object {
  return { ...verdict, policy: policy.file };
}

function worstOf(all: readonly Verified[]): Verdict['result'] {
  const results = new Set(all.map(({ verdict }) => verdict.result));
  if (results.has('FAIL')) return 'FAIL';
  return results.has('PENDING') || results.size === 0 ? 'PENDING' : 'PASS';
}

export const registerVerifyReceipt: Register = (program, tool) => {
  const command = program
    .command('verify-receipt')
    .summary('check a receipt offline')
    .description(
      'Check a receipt offline: no service is asked, unless --standing asks whether its record still stands. The log key comes from a pinned policy (--policy, CARBON_LEDGER_POLICY, or the one that was pinned when a receipt was first fetched), never from the receipt.\nExits 0 for PASS, 1 for FAIL, 3 for PENDING; with --standing 1 where the record does not stand or is in doubt.',
    )
    .argument('<file>', 'the receipt, a certificate (PDF) that carries it, or its C2SP tlog-proof')
    .option('--document <file>', 'the document that the record must name, unchanged')
    .option('--policy <file>', 'the pinned policy')
    .option('--issuer <USCC>', 'who must have issued the record')
    .option('--type <type>', 'what type the record must be of')
    .option('--record <id>', 'which record it must be')
    .option('--standing', 'also ask the service whether the record still stands')
    .option('--evidence <file>', 'evidence of the chain that the policy names (outside evidence)')
    .option('--block <hash...>', 'block of that chain that you know from elsewhere')
    .option('--chain <url>', 'a node of that chain that you trust, asked instead of evidence')
    .action(function (this: Command, file: string, options: VerifyReceiptOptions) {
      return tool.run(this, (context) => verify(context, file, options));
    });
  withExample(command, 'carbon-ledger verify-receipt annual.receipt --document annual-report.pdf --policy policy.json');
};
