import { methodologyOf, parametersOf, type MethodologyFolder } from '../kit/folder';
import type { FigureSpec, FormulaCase } from '../spec';
import { bindingWords, conditionWords, tableWords, wordsFor } from './words';

const pretty = (expression: string): string =>
  expression.replaceAll(' * ', ' × ').replaceAll(' / ', ' ÷ ').replaceAll(' - ', ' − ');

function caseLines(folder: MethodologyFolder, formula: FormulaCase): string[] {
  const when = conditionWords(formula.when);
  return [
    `      ${formula.id}: ${pretty(formula.expression)}${when === '' ? '' : `   [${when}]`}`,
    ...Object.entries(formula.inputs).map(([name, binding]) => `          ${name} = ${bindingWords(folder, binding)}`),
    ...(formula.basis === undefined ? [] : [`          ${formula.basis}`]),
  ];
}

function figureLines(folder: MethodologyFolder, spec: FigureSpec): string[] {
  const traits = [
    spec.unit,
    `${String(spec.decimals)} decimals`,
    ...(spec.visibility === 'public' ? ['public'] : []),
    ...(spec.stated ? ['stated'] : []),
    ...(spec.required ? [] : ['optional']),
    ...(spec.tolerance === undefined ? [] : [`± ${spec.tolerance}`]),
  ];
  return [
    `    ${spec.name}  ${wordsFor(folder, spec.name)}  (${traits.join(', ')})`,
    ...spec.cases.flatMap((formula) => caseLines(folder, formula)),
  ];
}

function profileLines({ profile }: MethodologyFolder): string[] {
  return Object.entries(profile).flatMap(([table, { content, cites }]) => [
    ...Object.entries(content).map(([name, { zh, en, kind, unit, choices, required }]) => {
      const traits = [
        kind,
        unit ?? [],
        Object.keys(choices ?? {}).join(' | ') || [],
        required ? [] : 'optional',
      ].flat();
      return `    ${table}/${name}  ${zh} ${en}  (${traits.join(', ')})`;
    }),
    ...Object.entries(cites).map(
      ([role, { of, min, max }]) => `    ${table} cites ${role}: ${of}, ${String(min)} to ${String(max)}`,
    ),
  ]);
}

function balanceLines({ about: { balance } }: MethodologyFolder): string[] {
  if (balance === undefined) return [];
  return [
    '  平衡值 Balance value',
    ...Object.entries(balance).map(([name, value]) => `    ${name} = ${String(value)}`),
    '',
  ];
}

/** A methodology of one year as text for a terminal. @throws LedgerError FORMULA_UNDEFINED for another year */
export function methodologyText(folder: MethodologyFolder, year: string): string {
  const { id, title, sources, figures } = methodologyOf(folder, year);
  const { values } = parametersOf(folder, year);
  return [
    `${id} ${year}  ${title.zh}  ${title.en}`,
    ...sources.map((source) => `  ${source}`),
    '',
    ...Object.entries(figures).flatMap(([table, specs]) => [
      `  ${tableWords(table)}  (${table})`,
      ...specs.flatMap((spec) => figureLines(folder, spec)),
      '',
    ]),
    '  填报内容与引用 Fields and citations',
    ...profileLines(folder),
    '',
    ...balanceLines(folder),
    '  参数 Parameters',
    ...Object.entries(values).map(
      ([name, { value, unit, source }]) => `    ${name} = ${value} ${unit}  ${wordsFor(folder, name)}  — ${source}`,
    ),
  ].join('\n');
}
