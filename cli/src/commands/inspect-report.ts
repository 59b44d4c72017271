import {
  canonicalize,
  digestOfInspectionReport,
  isPdf,
  parseInspectionReport,
  parseStrict,
  utf8Decode,
  verifyInspectionReport,
  type Language,
  type SignedInspectionReport,
} from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { readBytes } from '../files/read-file';
import { writeWhole } from '../files/write-file';
import { makeReport } from '../inspection/make-report';
import { readCheck } from '../inspection/read-check';
import { inspectionSource, type SourceOptions } from '../inspection/source';
import { paperLanguage } from '../output/paper-language';
import { exitCodes } from '../output/problem';
import { exitCodeOfResult, policyFor, withPages } from '../receipts/verdict';
import { withExample, type Tool } from '../tool';
import { withSource } from './inspect-check';

interface ReportOptions extends SourceOptions {
  readonly plan?: string;
  readonly check?: string;
  readonly output: string;
  readonly pdf?: string;
  readonly language: string;
}

/** A report shows private figures. */
const hasFigures = { isPrivate: true } as const;

/** 检查报告, for people. */
async function writePaper(file: string, report: SignedInspectionReport, language: Language): Promise<void> {
  const { makeInspectionReport } = await import('@carbon-ledger/reports');
  await writeWhole(file, await makeInspectionReport(report, { language }), hasFigures);
}

async function report(context: Context, options: ReportOptions): Promise<number> {
  const language = paperLanguage(options.language);
  const source = await inspectionSource(context, options);
  const check = options.check === undefined ? undefined : await readCheck(options.check);
  const plan = options.plan ?? source.pack?.manifest.plan;
  const signed = await makeReport(context, source, {
    ...(plan === undefined ? {} : { plan }),
    ...(check === undefined ? {} : { check }),
    trialKeys: options.trialKeys === true,
  });
  await writeWhole(options.output, canonicalize(signed), hasFigures);
  const { output: file, pdf } = options;
  if (pdf !== undefined) await writePaper(pdf, signed, language);
  const digest = digestOfInspectionReport(signed);
  context.output.result({ file, ...(pdf === undefined ? {} : { pdf }), digest }, () =>
    [file, ...(pdf === undefined ? [] : [pdf]), digest].join('\n'),
  );
  return exitCodes.yes;
}

/** Receipts of thousands of records. */
const mostBytes = 128 * 1024 * 1024;

interface ReadReport {
  readonly report: SignedInspectionReport;
  /** Of a paper: whether its pages are those of what is attached. */
  readonly asIssued?: boolean;
}

async function readReport(file: string): Promise<ReadReport> {
  const bytes = await readBytes(file);
  if (!isPdf(bytes)) return { report: parseInspectionReport(parseStrict(utf8Decode(bytes), { maxBytes: mostBytes })) };
  const { inspectionReportIn, isInspectionReportAsIssued } = await import('@carbon-ledger/reports');
  return { report: inspectionReportIn(bytes), asIssued: await isInspectionReportAsIssued(bytes) };
}

const pages = {
  true: 'pages: as this version writes them from the signed report 版面与签名报告一致',
  false:
    'pages: NOT as this version writes them from the signed report (altered, or of another version): only what is attached counts 版面与签名报告不符，以附件为准',
} as const;

async function verify(context: Context, file: string, options: { readonly policy?: string }): Promise<number> {
  // What is no report needs no policy to be refused.
  const { report: signed, asIssued } = await readReport(file);
  const policy = await policyFor(context, options.policy, undefined);
  const verdict = verifyInspectionReport(signed, policy.text);
  const result = withPages(verdict.result, asIssued !== false);
  const told = { ...verdict, result, ...(asIssued === undefined ? {} : { pages: { asIssued } }) };
  context.output.result(told, () =>
    [
      result,
      ...(asIssued === undefined ? [] : [pages[asIssued ? 'true' : 'false']]),
      `signed by ${verdict.party} at ${verdict.signedAt} by its own clock`,
      `${String(verdict.records)} records that it names are anchored`,
      verdict.digest,
    ].join('\n'),
  );
  return exitCodeOfResult[result];
}

interface PaperOptions {
  readonly output: string;
  readonly language: string;
}

async function paper(context: Context, file: string, options: PaperOptions): Promise<number> {
  const language = paperLanguage(options.language);
  const { report: signed } = await readReport(file);
  await writePaper(options.output, signed, language);
  const digest = digestOfInspectionReport(signed);
  context.output.result({ file: options.output, digest }, () => `${options.output}\n${digest}`);
  return exitCodes.yes;
}

/** Reports: written and signed, as papers, and checked. */
export function registerReports(parent: Command, tool: Tool): void {
  const reporting = withSource(
    parent.command('report').summary('write the report of an inspection: signed, with the receipts of all it names'),
  )
    .option('--plan <record>', 'business key of the inspection (default: that of the pack)')
    .option('--check <file>', 'the answer of inspect check')
    .requiredOption('-o, --output <file>', 'where to write it')
    .option('--pdf <file>', 'write it as a paper for people too (检查报告, PDF/A-3), the signed report inside')
    .option('--language <language>', 'of the paper: zh or en', 'zh')
    .action(function (this: Command, options: ReportOptions) {
      return tool.run(this, (context) => report(context, options));
    });
  withExample(
    reporting,
    'carbon-ledger inspect report --pack flight.pack --check check.json -o report.json --pdf 检查报告.pdf --as USCC',
  );
  withExample(
    parent
      .command('paper')
      .summary('write a signed report as a paper for people (检查报告, PDF/A-3)')
      .description(
        'Write a report that was signed as a paper: the signed report with its receipts is attached, and nothing is signed again. The same report gives the same bytes.',
      )
      .argument('<report>', 'the report (JSON), or a paper of it in the other language')
      .requiredOption('-o, --output <file>', 'where to write it (.pdf)')
      .option('--language <language>', 'zh or en', 'zh')
      .action(function (this: Command, file: string, options: PaperOptions) {
        return tool.run(this, (context) => paper(context, file, options));
      }),
    'carbon-ledger inspect paper report.json -o report.pdf --language en',
  );
  withExample(
    parent
      .command('verify')
      .summary('check the report of an inspection offline')
      .description(
        'Check a report, JSON or PDF, offline: who signed it, that every record which it names was anchored, and of a PDF that its pages are those of the report inside. Exits 0 for PASS, 1 for FAIL, 3 where something is pending or the pages are others.',
      )
      .argument('<report>', 'the report, or a paper that carries it')
      .option('--policy <file>', 'the pinned policy')
      .action(function (this: Command, file: string, options: { readonly policy?: string }) {
        return tool.run(this, (context) => verify(context, file, options));
      }),
    'carbon-ledger inspect verify report.json --policy policy.json',
  );
}
