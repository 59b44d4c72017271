import { LedgerError } from '../errors';
import type { Binding, Condition, ContentBinding } from './spec';

/**
 * How a methodology's files write where a variable comes from:
 *
 *     coalConsumption_t                          a figure of the record itself
 *     test-report#Cad_pct                        a figure of every record cited in that role
 *     test-report.@#Cad_pct                      in a family: of the one whose kind has the member for its label
 *     $OF                                        a parameter
 *     $CC by quality-control-plan/category       a parameter chosen by a public field: CC.I, CC.II …
 *     /dailyRecords                              a public field of the record itself
 *     quality-control-plan/capacity_MW           a public field of the record cited in that role
 */
const shapes = {
  own: /^([A-Za-z][A-Za-z0-9_.]*(?:\.[*@])?)$/,
  cited: /^([a-z][a-z-]*)(\.@)?#([A-Za-z][A-Za-z0-9_.]*(?:\.[*@])?)$/,
  parameter: /^\$([A-Za-z][A-Za-z0-9_.-]*(?:\.@)?)(?: by (\S+))?$/,
  content: /^([a-z][a-z-]*)?\/([A-Za-z][A-Za-z0-9_]*)$/,
} as const;

function bad(text: string, what: string): LedgerError {
  return new LedgerError('BAD_METHODOLOGY', `${JSON.stringify(text)} is not ${what}`);
}

function markOf(written: string | undefined): { label?: '@' } {
  return written === undefined ? {} : { label: '@' };
}

const writtenMark = ({ label }: { readonly label?: '@' | undefined }): string =>
  label === undefined ? '' : `.${label}`;

function parseContentBinding(text: string): ContentBinding | undefined {
  const match = shapes.content.exec(text);
  if (!match) return undefined;
  return match[1] === undefined ? { content: match[2] ?? '' } : { content: match[2] ?? '', from: match[1] };
}

function parseParameter(text: string): Binding | undefined {
  const match = shapes.parameter.exec(text);
  if (!match) return undefined;
  const parameter = match[1] ?? '';
  if (match[2] === undefined) return { parameter };
  const by = parseContentBinding(match[2]);
  if (!by) throw bad(text, 'a parameter by a public field: "$CC by quality-control-plan/category"');
  return { parameter, by };
}

/** @throws LedgerError BAD_METHODOLOGY */
export function parseBinding(text: string): Binding {
  const own = shapes.own.exec(text);
  if (own) return { from: 'self', figure: own[1] ?? '' };
  const cited = shapes.cited.exec(text);
  if (cited) return { from: cited[1] ?? '', figure: cited[3] ?? '', ...markOf(cited[2]) };
  const other = parseParameter(text) ?? parseContentBinding(text);
  if (!other) throw bad(text, 'a figure, role#figure, $parameter, /field or role/field');
  return other;
}

export function formatBinding(binding: Binding): string {
  if ('figure' in binding)
    return binding.from === 'self' ? binding.figure : `${binding.from}${writtenMark(binding)}#${binding.figure}`;
  if ('parameter' in binding)
    return binding.by ? `$${binding.parameter} by ${formatBinding(binding.by)}` : `$${binding.parameter}`;
  return `${binding.from ?? ''}/${binding.content}`;
}

const operators = { '=': 'eq', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' } as const;
type Sign = keyof typeof operators;
const signs: Readonly<Record<(typeof operators)[Sign], Sign>> = { eq: '=', lt: '<', le: '<=', gt: '>', ge: '>=' };

/**
 * Reads `cited ROLE`, `not cited ROLE`, `cited ROLE.@` (the member's record), `BINDING in A | B`, `BINDING < 65` (also `<=`, `>`, `>=`, `=`).
 * @throws LedgerError BAD_METHODOLOGY
 */
export function parseCondition(text: string): Condition {
  const citation = /^(not )?cited ([a-z][a-z-]*)(\.@)?$/.exec(text);
  if (citation) return { cited: citation[2] ?? '', is: citation[1] === undefined, ...markOf(citation[3]) };
  const choice = /^(\S+) in (.+)$/.exec(text);
  if (choice) {
    const value = (choice[2] ?? '').split('|').map((one) => one.trim());
    if (value.includes('')) throw bad(text, 'a choice: one of the values is empty');
    return { of: parseBinding(choice[1] ?? ''), op: 'in', value };
  }
  const comparison = /^(.+?) (=|<=|<|>=|>) (\S+)$/.exec(text);
  if (!comparison) throw bad(text, 'a condition: "cited ROLE", "FIGURE > 0", "/FIELD in A | B"');
  return {
    of: parseBinding(comparison[1] ?? ''),
    op: operators[comparison[2] as Sign],
    value: comparison[3] ?? '',
  };
}

export function formatCondition(condition: Condition): string {
  if ('cited' in condition) return `${condition.is ? '' : 'not '}cited ${condition.cited}${writtenMark(condition)}`;
  const of = formatBinding(condition.of);
  return condition.op === 'in'
    ? `${of} in ${condition.value.join(' | ')}`
    : `${of} ${signs[condition.op]} ${condition.value}`;
}
