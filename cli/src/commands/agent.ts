import type { Command } from 'commander';
import { lookAtBatches, watchBatches, type AgentRun, type BatchAnswer } from '../anchoring/agent';
import { anchorBatch } from '../anchoring/batch';
import { parseType } from '../anchoring/options';
import type { Context } from '../context';
import { formatAlready, isWhole } from '../importing/already';
import { exitCodes } from '../output/problem';
import { parseSeconds } from '../serving/parse';
import { newestYear } from '../sheets/newest-year';
import { readResults } from '../sheets/results';
import { withExample, type Register } from '../tool';

interface AgentOptions {
  readonly type: string;
  readonly role: string;
  readonly label?: string;
  readonly methodology: string;
  readonly year?: string;
  readonly cells: boolean;
  readonly once?: boolean;
  readonly every: string;
  readonly trialKeys?: boolean;
}

function told(answer: BatchAnswer): string {
  if (answer.done === 'refused')
    return [
      `${answer.batch}: ${answer.code}: ${answer.message}`,
      ...answer.faults.map(({ path, message }) => `  ${path}: ${message}`),
    ].join('\n');
  const { batch, anchored, already } = answer;
  const counts = `${batch}: anchored ${String(anchored.length)} records; ${String(already.length)} stood there already`;
  return [counts, ...formatAlready(answer)].join('\n');
}

/** Everything of the batch is on the ledger, and stands beyond doubt. */
function isDone(answer: BatchAnswer): boolean {
  return answer.done === 'anchored' && isWhole(answer);
}

function agentRun(context: Context, folder: string, options: AgentOptions): AgentRun {
  const type = parseType(options.type);
  const issuer = context.requireParty();
  const year = options.year ?? newestYear(options.methodology);
  const anchor: AgentRun['anchor'] = async (batch, table) => {
    const results = await readResults(table, { type, methodology: options.methodology, year });
    const service = await context.service({ reader: issuer, trialKeys: options.trialKeys === true });
    const filing = { ...options, type, cite: [], reader: [] };
    return anchorBatch({ ...filing, context, service, issuer, folder: batch }, results);
  };
  return { folder, anchor };
}

async function agent(context: Context, folder: string, options: AgentOptions): Promise<number> {
  const run = agentRun(context, folder, options);
  if (options.once === true) {
    const { seen } = await lookAtBatches(run, new Map());
    const { answers, problems } = await lookAtBatches(run, seen);
    const [problem] = problems;
    if (problem !== undefined && answers.length === 0) throw problem;
    for (const { code, message } of problems) context.output.note(`${code}: ${message}`);
    context.output.result({ answers }, () => answers.map(told).join('\n') || 'nothing new');
    if (problem !== undefined) return exitCodes.cannotTell;
    return answers.every(isDone) ? exitCodes.yes : exitCodes.no;
  }
  let before = '';
  await watchBatches(run, {
    everyMs: parseSeconds(options.every) * 1000,
    signal: context.io.signal,
    tell: ({ answers, problems }) => {
      const text = problems.map(({ code, message }) => `${code}: ${message}`).join('\n');
      if (text !== '' && text !== before) context.output.note(text);
      before = text;
      for (const answer of answers) context.output.note(told(answer));
    },
  });
  return exitCodes.interrupted;
}

export const registerAgent: Register = (program, tool) => {
  const command = program
    .command('agent')
    .summary('anchor batches that are put into a folder')
    .description(
      'Watch a folder as the party of --as: each folder in it is a batch, a table of results beside the reports of its rows (see "anchor --batch"). A batch that stands still is anchored, and its answer written to the folder "answers": what was anchored, or every fault. The same batch is answered once; one that is changed, again.',
    )
    .argument('<folder>', 'the folder')
    .option('--type <type>', 'type of record that the rows become', 'test-report')
    .option('--label <label>', 'label of the kind')
    .option('--role <role>', 'what the documents are', 'document')
    .option(
      '--methodology <id>',
      'methodology of the figures of a table that was not made by "template"',
      'CN-ETS-POWER',
    )
    .option('--year <YYYY>', 'its year (default: the newest of the methodology)')
    .option('--no-cells', 'do not commit tables cell by cell')
    .option('--once', 'answer what is there, and end')
    .option('--every <seconds>', 'seconds between looks', '30')
    .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, folder: string, options: AgentOptions) {
      return tool.run(this, (context) => agent(context, folder, options));
    });
  withExample(command, 'carbon-ledger agent /srv/lims/out --as 91140100MA0FAKE2XU');
};
