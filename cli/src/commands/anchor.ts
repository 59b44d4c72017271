import {
  assertUscc,
  buildRecord,
  formatBusinessKey,
  LedgerError,
  recordTypeNames,
  signSubmission,
  type BuiltRecord,
  type RecordDraft,
  type RecordType,
} from '@carbon-ledger/core';
import type { Command } from 'commander';
import { z } from 'zod';
import { parseCitation, resolveCitations } from '../anchoring/citations';
import { documentRef } from '../anchoring/documents';
import type { Context } from '../context';
import { readJsonFile } from '../files/read-file';
import { exitCodes } from '../output/problem';
import type { Service } from '../service/service';
import { withExample, type Register } from '../tool';

interface AnchorOptions {
  readonly type: string;
  readonly label?: string;
  readonly subject?: string;
  readonly unit: string;
  readonly period: string;
  readonly role: string;
  readonly content?: string;
  readonly figures?: string;
  readonly cite: readonly string[];
  readonly reader: readonly string[];
  readonly trialKeys?: boolean;
}

const contentSchema = z.record(z.string(), z.unknown());
const figuresSchema = z.record(z.string(), z.string());

function parseType(text: string): RecordType {
  const type = recordTypeNames.find((name) => name === text);
  if (type === undefined) throw new LedgerError('USAGE', `--type ${text} is not one of ${recordTypeNames.join(', ')}`);
  return type;
}

async function readObject<Value>(file: string | undefined, schema: z.ZodType<Value>, empty: Value): Promise<Value> {
  if (file === undefined) return empty;
  const read = schema.safeParse(await readJsonFile(file));
  if (read.success) return read.data;
  throw new LedgerError('USAGE', `${file}: ${z.prettifyError(read.error)}`);
}

/** The next version where the key is taken: the ledger decides whether it may follow. */
async function nextVersion(service: Service, key: string): Promise<number> {
  const [head] = await service.heads([key]);
  return (head?.version ?? 0) + 1;
}

async function draftOf(
  service: Service,
  issuer: string,
  files: readonly string[],
  options: AnchorOptions,
): Promise<RecordDraft> {
  const type = parseType(options.type);
  const subject = { uscc: options.subject ?? issuer, unit: options.unit, period: options.period };
  assertUscc(subject.uscc);
  const kind = options.label === undefined ? type : `${type}.${options.label}`;
  return {
    type,
    issuer,
    subject,
    kind,
    version: await nextVersion(service, formatBusinessKey(subject, kind)),
    content: await readObject(options.content, contentSchema, {}),
    cites: await resolveCitations(options.cite.map(parseCitation), (name) => service.built(name)),
    documents: await Promise.all(files.map((file) => documentRef(file, options.role))),
    figures: await readObject(options.figures, figuresSchema, {}),
    readers: options.reader,
  };
}

async function submitOne(context: Context, service: Service, built: BuiltRecord): Promise<unknown> {
  const { ledger } = await service.ledger();
  const signer = await service.keys.signerOf(built.record.issuer);
  const signedAt = context.now();
  const submission = await signSubmission(
    { ledger, party: built.record.issuer, records: [built.record], signedAt },
    signer,
  );
  const [status] = await service.submit([{ submission, figures: { [built.id]: [...built.figures] } }]);
  return status;
}

async function anchor(context: Context, files: readonly string[], options: AnchorOptions): Promise<number> {
  const issuer = context.requireParty();
  const service = await context.service({ reader: issuer, trialKeys: options.trialKeys === true });
  const salts = await service.keys.saltsOf(issuer);
  const built = buildRecord(await draftOf(service, issuer, files, options), salts);
  const status = await submitOne(context, service, built);
  const { id, key, record } = built;
  context.output.result(
    { record: id, key, version: record.version, documents: record.documents, status },
    () => `${key}  version ${String(record.version)}\n${id}`,
  );
  return exitCodes.yes;
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export const registerAnchor: Register = (program, tool) => {
  const command = program
    .command('anchor')
    .summary('anchor documents as one record')
    .description('Anchor documents as one record of the party named by --as. The files are hashed here and never sent.')
    .argument('<files...>', 'the documents')
    .requiredOption('--type <type>', `type of record: ${recordTypeNames.join(', ')}`)
    .option('--label <label>', 'label of the kind, for example "pre" for allowance-issuance.pre')
    .option('--subject <USCC>', 'the party that the record is about (default: the one that signs)')
    .option('--unit <unit>', 'unit, PLANT for the whole plant, - for none', '-')
    .option('--period <period>', 'YYYY, YYYY-MM, or - for none', '-')
    .option('--role <role>', 'what the documents are', 'document')
    .option('--content <file>', 'JSON file with the fields of the record type')
    .option('--figures <file>', 'JSON file with the private figures: {"name": "value"}')
    .option('--cite <role=record>', 'a record that this one cites; may be repeated', collect, [])
    .option('--reader <USCC>', 'another party that may read the figures; may be repeated', collect, [])
    .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, files: string[], options: AnchorOptions) {
      return tool.run(this, (context) => anchor(context, files, options));
    });
  withExample(
    command,
    'carbon-ledger anchor slip.pdf --type sample-receipt --subject 91140000MA0FAKE01X --unit U1 --period 2025-01 \\',
    '    --content sample.json --as 91140100MA0FAKE2XU',
  );
};
