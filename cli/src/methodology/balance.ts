import {
  balanceInputsOf,
  type BalanceRule,
  type BalanceValue,
  type BuiltRecord,
  LedgerError,
  methodologySchema,
  parameterTableSchema,
  type ParameterTable,
  type RecordDraft,
  solveBalanceValue,
} from '@carbon-ledger/core';
import type { Context } from '../context';
import { ledgerRules } from '../importing/market';
import { exitCodes } from '../output/problem';
import type { Service } from '../service/service';
import { submit, toFile } from './file';

export interface BalanceOptions {
  readonly year: string;
  readonly file?: boolean;
  readonly trialKeys?: boolean;
}

type Anchored = ParameterTable['values'][string];

interface Solved {
  readonly parameters: BuiltRecord;
  readonly table: ParameterTable;
  readonly rule: BalanceRule;
  readonly solution: BalanceValue;
  /** What the parameters of the year say, if anything. */
  readonly anchored: Anchored | undefined;
}

/** Solves the balance value over what is verified now. @throws LedgerError BAD_REQUEST, BAD_FILE where nothing is verified */
async function solve(service: Service, id: string, year: string): Promise<Solved> {
  const { methodology, parameters } = await ledgerRules(service, { methodology: id, year });
  const { balance: rule } = methodologySchema.parse(methodology.record.content);
  if (rule === undefined) throw new LedgerError('BAD_REQUEST', `${id} of ${year} knows no balance value`);
  const [reports, conclusions] = await Promise.all(
    (['annual-report', 'verification-conclusion'] as const).map((type) =>
      service.currentRecords({ type, period: year }),
    ),
  );
  const isOwn = ({ record }: BuiltRecord): boolean => record.cites.some(({ key }) => key === methodology.key);
  const inputs = balanceInputsOf(rule, (reports ?? []).filter(isOwn), (conclusions ?? []).filter(isOwn));
  const table = parameterTableSchema.parse(parameters.record.content);
  const anchored = table.values[rule.parameter];
  return { parameters, table, rule, solution: solveBalanceValue(inputs, rule), anchored };
}

function statusOf({ solution, anchored }: Solved): 'open' | 'same' | 'differs' {
  if (anchored === undefined) return 'open';
  const isSame =
    anchored.value === solution.value &&
    anchored.inputs?.root === solution.inputs.root &&
    anchored.inputs.size === solution.inputs.size;
  return isSame ? 'same' : 'differs';
}

/** The value as a benchmark of its own, and as the next version of the parameters that formulas read. */
function draftsOf({ parameters, table, rule, solution }: Solved, issuer: string): RecordDraft[] {
  const { subject } = parameters.record;
  const source = `平衡值：${String(solution.inputs.size)} 条经核查数据求解`;
  const { value, inputs } = solution;
  const { unit, parameter } = rule;
  const { effectiveFrom, effectiveTo } = table;
  const values = { ...table.values, [parameter]: { value, unit, source, inputs } };
  return [
    {
      ...{ type: 'benchmark', issuer, subject, kind: 'benchmark.balance' },
      content: {
        kind: 'balance',
        source,
        values: [{ name: parameter, value, unit, effectiveFrom, effectiveTo, inputs }],
      },
    },
    { type: 'parameter', issuer, subject, content: { ...table, values } },
  ];
}

async function fileSolved(context: Context, service: Service, solved: Solved): Promise<string[]> {
  const issuer = context.requireParty();
  const salts = await service.keys.saltsOf(issuer);
  const found: BuiltRecord[] = [];
  for (const draft of draftsOf(solved, issuer)) {
    const record = await toFile(service, draft, salts);
    if (record !== undefined) found.push(record);
  }
  if (found.length > 0) await submit(context, service, issuer, found);
  return found.map(({ key }) => key);
}

const told = { open: 'not anchored yet', same: 'as it is anchored', differs: 'not what is anchored' } as const;

/**
 * Solves the balance value of a methodology and year anew from the public figures of everything that is verified, and holds
 * it to what is anchored; with `--file` the party of `--as` files it with the root of its data.
 */
export async function balance(context: Context, id: string, options: BalanceOptions): Promise<number> {
  const reader = options.file === true ? context.requireParty() : undefined;
  const service = await context.service({ reader, trialKeys: options.trialKeys === true });
  const solved = await solve(service, id, options.year);
  const { rule, solution, anchored } = solved;
  const status = statusOf(solved);
  const filed = options.file === true && status !== 'same' ? await fileSolved(context, service, solved) : [];
  const { parameter, unit } = rule;
  const result = {
    status: filed.length > 0 ? 'filed' : status,
    parameter,
    unit,
    ...solution,
    anchored: anchored ?? null,
    filed,
  };
  context.output.result(result, () =>
    [
      `${parameter} ${solution.value} ${unit}: ${filed.length > 0 ? 'filed' : told[status]}`,
      `over ${String(solution.inputs.size)} verified records, root ${solution.inputs.root}`,
      `rounding leaves ${solution.remainder} t of the balance`,
      ...(status === 'differs'
        ? [`anchored: ${anchored?.value ?? ''} ${unit}, root ${anchored?.inputs?.root ?? '(none)'}`]
        : []),
    ].join('\n'),
  );
  return status === 'differs' && filed.length === 0 ? exitCodes.no : exitCodes.yes;
}
