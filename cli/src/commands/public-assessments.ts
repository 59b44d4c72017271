import type { AnswerOf } from '@carbon-ledger/client-sdk';
import type { Command } from 'commander';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { formatTable, type Column } from '../output/table';
import { withExample, type Tool } from '../tool';

interface AssessmentOptions {
  readonly year: string;
  readonly verifier?: string;
}

type Assessment = AnswerOf<'listAssessments'>['assessments'][number];

const assessmentColumns: readonly Column<Assessment>[] = [
  { title: 'VERIFIER', value: ({ verifier }) => verifier },
  { title: 'BY', value: ({ by }) => by },
  { title: 'RATING', value: ({ rating }) => rating },
  { title: 'ENTERPRISES', value: ({ enterprises }) => String(enterprises), align: 'right' },
  { title: 'PUBLISHED', value: ({ publishedOn }) => publishedOn },
  { title: 'RECORD', value: ({ record }) => record },
];

async function assessments(context: Context, { year, verifier }: AssessmentOptions): Promise<number> {
  const query = { year, ...(verifier === undefined ? {} : { verifier }) };
  const found = await (await context.service()).call('listAssessments', { query });
  context.output.result(found, () =>
    found.assessments.length === 0
      ? { en: `no assessment of verifiers of ${year} is on this ledger`, zh: `账本上没有 ${year} 年度的核查机构评估` }[
          context.language
        ]
      : formatTable(assessmentColumns, found.assessments, context.language),
  );
  return exitCodes.yes;
}

/** What is public of the work of verifiers. */
export function registerAssessments(parent: Command, tool: Tool): void {
  withExample(
    parent
      .command('assessments')
      .summary('what provinces published of the verifiers of a year (核查机构评估)')
      .requiredOption('--year <YYYY>', 'the year')
      .option('--verifier <USCC>', 'one verifier')
      .action(function (this: Command, options: AssessmentOptions) {
        return tool.run(this, (context) => assessments(context, options));
      }),
    'carbon-ledger public assessments --year 2024',
  );
}
