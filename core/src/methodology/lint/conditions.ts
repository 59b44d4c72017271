import { decimalPlaces, isDecimalText } from '../../decimal';
import { withArticle } from '../../errors';
import { formatBinding, formatCondition } from '../notation';
import type { Binding, Condition } from '../spec';
import type { LintSubject, PlacedCase } from './subject';

type Comparison = Extract<Condition, { of: Binding }>;

/** What has too many values, or none that is a number, for a condition to look at. */
function valueFault(subject: LintSubject, table: string, { of, op }: Comparison): string | undefined {
  if (subject.isList(table, of)) return 'a condition looks at one value, and this may be several';
  if (op === 'in' || op === 'eq' || !('content' in of)) return undefined;
  const kind = subject.fieldOf(table, of)?.kind;
  return kind === undefined || kind === 'decimal' ? undefined : `${of.content} is ${withArticle(kind)}, not a number`;
}

/** The decimals that the texts of a figure have, which is compared as text. */
function decimalsOf(subject: LintSubject, table: string, of: Binding): number | undefined {
  if (!('figure' in of)) return undefined;
  return subject.specOf(subject.tableOf(table, of.from) ?? '', of.figure)?.decimals;
}

function constantFault(subject: LintSubject, table: string, condition: Comparison): string | undefined {
  const { of, op } = condition;
  const values = [condition.value].flat();
  if (op !== 'in' && op !== 'eq') {
    const wrong = values.find((value) => !isDecimalText(value));
    return wrong === undefined ? undefined : `${wrong} is not a number`;
  }
  const decimals = decimalsOf(subject, table, of);
  if (decimals === undefined) return undefined;
  const never = values.find((value) => !isDecimalText(value) || decimalPlaces(value) !== decimals);
  if (never === undefined) return undefined;
  return `never so: ${formatBinding(of)} is written with ${String(decimals)} decimals, and ${never} is not`;
}

function checkCondition(subject: LintSubject, { table }: PlacedCase, condition: Condition, place: string): void {
  if ('cited' in condition) return;
  const told = valueFault(subject, table, condition) ?? constantFault(subject, table, condition);
  if (told !== undefined) subject.fault(place, `"${formatCondition(condition)}": ${told}`);
}

/** Conditions that cannot be decided, or never hold for the way in which what they look at is written. */
export function checkConditions(subject: LintSubject): void {
  for (const at of subject.cases)
    at.formula.when?.forEach((condition, index) => {
      checkCondition(subject, at, condition, `${at.place}/when/${String(index)}`);
    });
}
