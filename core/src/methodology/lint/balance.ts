import type { BalanceRule } from '../spec';
import type { LintSubject } from './subject';

/** Figures that the solving reads: of the records that count, and public, or nobody could solve it anew. */
function checkFigures(subject: LintSubject, rule: BalanceRule): void {
  for (const member of ['emission', 'intensity', 'counts'] as const) {
    const name = rule[member];
    if (name === undefined) continue;
    const spec = subject.specs(rule.of).find((one) => one.name === name);
    const place = `/methodology/balance/${member}`;
    if (!spec) subject.fault(place, `${rule.of} has no figure ${name}`);
    else if (spec.visibility !== 'public')
      subject.fault(place, `${name} is private: what a balance value is solved from must be public`);
  }
}

function checkUnits(subject: LintSubject, rule: BalanceRule): void {
  const intensity = subject.specs(rule.of).find(({ name }) => name === rule.intensity);
  if (intensity && intensity.unit !== rule.unit)
    subject.fault(
      '/methodology/balance/unit',
      `the balance value is in ${rule.unit}, but ${rule.intensity} in ${intensity.unit}`,
    );
  const parameter = subject.folder.parameters[rule.parameter];
  if (!parameter) subject.fault('/methodology/balance/parameter', `there is no parameter ${rule.parameter}`);
  else if (parameter.unit !== rule.unit)
    subject.fault('/methodology/balance/unit', `the parameter ${rule.parameter} is in ${parameter.unit}`);
}

/** Whether a balance value can be solved from what the reports say. */
export function checkBalance(subject: LintSubject): void {
  const rule = subject.document.balance;
  if (rule === undefined) return;
  if (!Object.hasOwn(subject.document.figures, rule.of))
    subject.fault('/methodology/balance/of', `there is no table ${rule.of}`);
  else checkFigures(subject, rule);
  checkUnits(subject, rule);
}
