import {
  assertNoFaults,
  buildRecord,
  canonicalize,
  LedgerError,
  lintForLedger,
  methodologyOf,
  parametersOf,
  signSubmission,
  testMethodology,
  type BuiltRecord,
  type MethodologyFolder,
  type RecordDraft,
} from '@carbon-ledger/core';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import type { Service } from '../service/service';
import { yearOf, type YearOption } from './commands';
import { readFolder, type ReadFolder } from './read-folder';

export interface FileOptions extends YearOption {
  readonly trialKeys?: boolean;
}

/** What is filed is what was tested: no faults, and vectors that all come out. @throws LedgerError */
function assertSound({ folder, locate }: ReadFolder): void {
  assertNoFaults('BAD_METHODOLOGY', lintForLedger(folder).faults.map(locate), folder.about.id);
  const results = testMethodology(folder);
  if (results.length === 0) throw new LedgerError('VECTOR_FAILED', `${folder.about.id} has no test vectors`);
  const failed = results.filter(({ differences }) => differences.length > 0);
  if (failed.length === 0) return;
  throw new LedgerError('VECTOR_FAILED', `vectors that fail: ${failed.map(({ name }) => name).join(', ')}`, {
    faults: failed.flatMap(({ name, differences }) =>
      differences.map(({ record, figure, expected, got }) => ({
        path: `/vectors/${name}/${record}/${figure}`,
        code: 'VECTOR_FAILED' as const,
        message: `expected ${expected}, got ${got}`,
      })),
    ),
  });
}

function draftsOf(folder: MethodologyFolder, issuer: string, year: string): RecordDraft[] {
  const subject = { uscc: issuer, unit: folder.about.unit, period: year };
  return [
    { type: 'methodology', issuer, subject, content: { ...methodologyOf(folder, year) } },
    { type: 'parameter', issuer, subject, content: { ...parametersOf(folder, year) } },
  ];
}

/** A record that says the same is left as it is; another one follows as the next version, where the ledger lets it. */
export async function toFile(
  service: Service,
  draft: RecordDraft,
  salts: Parameters<typeof buildRecord>[1],
): Promise<BuiltRecord | undefined> {
  const first = buildRecord(draft, salts);
  const [head] = await service.heads([first.key]);
  if (!head) return first;
  const anchored = await service.built(first.key);
  if (canonicalize(anchored.record.content) === canonicalize(first.record.content)) return undefined;
  return buildRecord({ ...draft, version: head.version + 1 }, salts);
}

export async function submit(
  context: Context,
  service: Service,
  issuer: string,
  records: readonly BuiltRecord[],
): Promise<void> {
  const { ledger } = await service.ledger();
  const body = { ledger, party: issuer, records: records.map(({ record }) => record), signedAt: context.now() };
  const submission = await signSubmission(body, await service.keys.signerOf(issuer));
  await service.submit([{ submission, figures: Object.fromEntries(records.map(({ id }) => [id, []])) }]);
}

/** Files methodology and parameters of one year as records of the party of `--as`. */
export async function file(context: Context, place: string, options: FileOptions): Promise<number> {
  const read = await readFolder(place);
  assertSound(read);
  const issuer = context.requireParty();
  const service = await context.service({ reader: issuer, trialKeys: options.trialKeys === true });
  const salts = await service.keys.saltsOf(issuer);
  const found: BuiltRecord[] = [];
  for (const draft of draftsOf(read.folder, issuer, yearOf(read, options))) {
    const record = await toFile(service, draft, salts);
    if (record) found.push(record);
  }
  if (found.length > 0) await submit(context, service, issuer, found);
  const filed = found.map(({ id, key, record }) => ({ record: id, key, version: record.version }));
  context.output.result({ status: filed.length > 0 ? 'filed' : 'already', filed }, () =>
    filed.length === 0
      ? 'already on the ledger as it is'
      : filed.map(({ key, version, record }) => `${key}  version ${String(version)}\n${record}`).join('\n'),
  );
  return exitCodes.yes;
}
