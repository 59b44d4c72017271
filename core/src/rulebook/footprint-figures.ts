import { computedFigure, formula, self, statedFigure } from '../methodology/define';
import type { Binding, FigureSpec, FormulaCase } from '../methodology/spec';
import type { LedgerRecord } from '../records/record';

/** Stages of a product's life (GB/T 24067), in their order. */
export const stages = {
  material: { en: 'Raw materials', zh: '原材料获取' },
  production: { en: 'Production', zh: '生产制造' },
  distribution: { en: 'Distribution', zh: '分销' },
  use: { en: 'Use', zh: '使用' },
  end: { en: 'End of life', zh: '生命末期' },
} as const;
export type Stage = keyof typeof stages;
export const stageNames = Object.keys(stages) as Stage[];

/** What figures follow from. */
interface FootprintLines {
  readonly unit: string;
  readonly outputFigure?: string | undefined;
  readonly lines: readonly FootprintLine[];
}

interface FootprintLine {
  readonly stage: Stage;
  readonly item: string;
  readonly unit: string;
  readonly figure?: string | undefined;
}

const isPublic = { visibility: 'public' } as const;

/** An amount that is stated, or that the cited months come to. */
function amountSpec(name: string, unit: string, figure: string | undefined): FigureSpec {
  if (figure === undefined) return statedFigure(name, unit, 4);
  const months: Binding = { from: 'monthly-evidence', figure };
  return computedFigure(name, unit, 4, [formula('PCF.months', 'round(sum(x), 4)', { x: months })]);
}

/** Every amount of a stage with its factor: the nation's, in tonnes, or the footprint of what a supplier sells. */
function emissionSpec(stage: Stage): FigureSpec {
  const A = self(`${stage}.amount.@`);
  const factor: Binding = { from: 'factor', figure: 'factor', label: '@' };
  const upstream: Binding = { from: 'upstream', figure: 'footprint', label: '@' };
  const byFactor = { when: [{ cited: 'factor', is: true, label: '@' }] } as const;
  return computedFigure(`${stage}.emission.*`, 'kgCO2e', 2, [
    formula('PCF.factor', 'round(A * EF * 1000, 2)', { A, EF: factor }, byFactor),
    formula('PCF.upstream', 'round(A * F, 2)', { A, F: upstream }),
  ]);
}

/** Each of them by its own name: a sum that took them as a family would be right as soon as one of them is there. */
function sumOf(id: string, figures: readonly string[]): FormulaCase {
  const inputs = figures.map((figure, index) => [`E${String(index + 1)}`, self(figure)] as const);
  return formula(id, inputs.map(([name]) => name).join(' + '), Object.fromEntries(inputs));
}

function stageSpecs(stage: Stage, { lines, unit }: FootprintLines): readonly FigureSpec[] {
  const own = lines.filter((line) => line.stage === stage);
  const total = `${stage}Stage_kgCO2e`;
  const all = sumOf(
    `PCF.stage.${stage}`,
    own.map(({ item }) => `${stage}.emission.${item}`),
  );
  const each = formula(`PCF.${stage}`, 'round(E / Q, 6)', { E: self(total), Q: self('output') });
  return [
    ...own.map((line) => amountSpec(`${stage}.amount.${line.item}`, line.unit, line.figure)),
    emissionSpec(stage),
    computedFigure(total, 'kgCO2e', 2, [all]),
    computedFigure(`${stage}Footprint`, `kgCO2e/${unit}`, 6, [each], isPublic),
  ];
}

function wholeSpec(given: readonly Stage[], unit: string): FigureSpec {
  const whole = sumOf(
    'PCF',
    given.map((stage) => `${stage}Footprint`),
  );
  return computedFigure('footprint', `kgCO2e/${unit}`, 6, [whole], isPublic);
}

/** Figures of a footprint follow from its lines; the formulas are the same for everybody. */
export function footprintFigures({ content }: Pick<LedgerRecord, 'content'>): readonly FigureSpec[] {
  const { lines = [], unit = '', outputFigure } = content as Partial<FootprintLines>;
  const given = stageNames.filter((stage) => lines.some((line) => line.stage === stage));
  if (given.length === 0) return [];
  const said = { lines, unit };
  return [
    amountSpec('output', unit, outputFigure),
    ...given.flatMap((stage) => stageSpecs(stage, said)),
    wholeSpec(given, unit),
  ];
}
