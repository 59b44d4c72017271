import { parseFigureProof, verifyFigureProof, type FigureVerdict } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { readBytes } from '../files/read-file';
import { exitCodeOfResult, formatStatements, policyFor } from '../receipts/verdict';
import { plainText } from '../output/style';
import { askStanding, exitCodeOfStanding, formatStanding } from '../verification/asked-standing';
import { withExample, type Register } from '../tool';

interface VerifyProofOptions {
  readonly figure?: string;
  readonly policy?: string;
  readonly standing?: boolean;
}

function formatVerdict(verdict: FigureVerdict, policyFile: string): string {
  const reason = verdict.code === undefined ? '' : `  ${verdict.code}: ${verdict.message ?? ''}`;
  const proved =
    verdict.figure === undefined ? [] : [`${verdict.figure}  ${verdict.value ?? ''} ${verdict.unit ?? ''}`.trimEnd()];
  const opened =
    verdict.figures.length === 0
      ? []
      : [
          `${String(verdict.figures.length)} figures of ${String(verdict.records)} records were opened and recomputed (${verdict.extent ?? ''})`,
        ];
  return [
    `${verdict.result}${reason}`,
    ...proved,
    ...opened,
    `policy ${policyFile}`,
    ...formatStatements('This proves:', verdict.proves),
    ...formatStatements('This does not prove:', verdict.doesNotProve),
  ]
    .map((line) => line.split('\n').map(plainText).join('\n'))
    .join('\n');
}

/** The policy that the proof says it was made under: only to choose among those that are pinned already. */
function claimedPolicy(proof: Uint8Array, isPinned: boolean): string | undefined {
  try {
    return parseFigureProof(proof).policyId;
  } catch (error) {
    // A proof that cannot be read needs no policy to be refused.
    if (!isPinned) throw error;
    return undefined;
  }
}

async function verify(context: Context, file: string, options: VerifyProofOptions): Promise<number> {
  const proof = await readBytes(file);
  const policy = await policyFor(context, options.policy, claimedPolicy(proof, options.policy !== undefined));
  const verdict = verifyFigureProof({
    proof,
    policy: policy.text,
    ...(options.figure === undefined ? {} : { figure: options.figure }),
  });
  const records = options.standing === true ? verdict.figures.map(({ record }) => record) : [];
  const asked = records.length === 0 ? undefined : await askStanding(context, records);
  const standing = await formatStanding(asked);
  context.output.result({ ...verdict, policy: policy.file, ...asked }, () =>
    [formatVerdict(verdict, policy.file), ...standing].join('\n'),
  );
  return asked === undefined || verdict.result !== 'PASS'
    ? exitCodeOfResult[verdict.result]
    : exitCodeOfStanding(asked);
}

export const registerVerifyProof: Register = (program, tool) => {
  const command = program
    .command('verify-proof')
    .summary('check a figure proof offline')
    .description(
      'Check a proof of one figure offline and recompute every step that it opens. The log key comes from a pinned policy, never from the proof.\nExits 0 for PASS, 1 for FAIL, 3 for PENDING; with --standing 1 where a record that it opens does not stand or is in doubt.',
    )
    .argument('<file>', 'the proof')
    .option('--figure <address>', 'the figure that it must be about')
    .option('--policy <file>', 'the pinned policy')
    .option('--standing', 'also ask the service whether the records that it opens still stand')
    .action(function (this: Command, file: string, options: VerifyProofOptions) {
      return tool.run(this, (context) => verify(context, file, options));
    });
  withExample(command, 'carbon-ledger verify-proof emission.proof --policy policy.json');
};
