import type { Fault } from '../../errors';
import type { FormulaNode } from '../../formula';
import { isLedgerError } from '../../errors';
import { parseFormula } from '../../formula';
import { methodologyOf, parametersOf, type MethodologyFolder } from '../kit/folder';
import { compileProfile } from '../kit/compile';
import type {
  Binding,
  ContentBinding,
  ContentField,
  FigureSpec,
  FormulaCase,
  Methodology,
  ParameterTable,
  RecordProfile,
} from '../spec';

/** One formula with the place where it stands. */
export interface PlacedCase {
  readonly table: string;
  readonly figure: FigureSpec;
  readonly formula: FormulaCase;
  /** The parsed expression, or undefined where it cannot be parsed. */
  readonly node: FormulaNode | undefined;
  readonly place: string;
}

/** A methodology as the lint looks at it: documents of every year, profile, and what it found so far. */
export class LintSubject {
  readonly folder: MethodologyFolder;
  readonly document: Methodology;
  readonly profile: Readonly<Record<string, RecordProfile>>;
  readonly parameters: ReadonlyMap<string, ParameterTable>;
  readonly cases: readonly PlacedCase[];
  readonly faults: Fault[] = [];
  readonly notes: Fault[] = [];

  /** @throws LedgerError BAD_METHODOLOGY for bindings and conditions that cannot be read */
  constructor(folder: MethodologyFolder) {
    this.folder = folder;
    const [first = ''] = folder.about.years;
    this.document = methodologyOf(folder, first);
    this.profile = compileProfile(folder.profile);
    this.parameters = new Map(folder.about.years.map((year) => [year, parametersOf(folder, year)]));
    this.cases = Object.entries(this.document.figures).flatMap(([table, specs]) =>
      specs.flatMap((figure) => figure.cases.map((formula) => this.#placed(table, figure, formula))),
    );
  }

  #placed(table: string, figure: FigureSpec, formula: FormulaCase): PlacedCase {
    const place = `${placeOf(table, figure.name)}/cases/${formula.id}`;
    try {
      return { table, figure, formula, node: parseFormula(formula.expression), place };
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      this.fault(`${place}/formula`, error.message);
      return { table, figure, formula, node: undefined, place };
    }
  }

  fault(path: string, message: string): void {
    this.faults.push({ path, code: 'BAD_METHODOLOGY', message });
  }

  note(path: string, message: string): void {
    this.notes.push({ path, code: 'BAD_METHODOLOGY', message });
  }

  specs(table: string): readonly FigureSpec[] {
    return this.document.figures[table] ?? [];
  }

  /** The table that a role cites from another; the table itself for `self`. */
  tableOf(table: string, role: string): string | undefined {
    return role === 'self' ? table : this.profile[table]?.cites[role]?.of;
  }

  /** The public field that a binding reads. */
  fieldOf(table: string, { content, from }: ContentBinding): ContentField | undefined {
    const of = this.tableOf(table, from ?? 'self');
    return of === undefined ? undefined : this.profile[of]?.content[content];
  }

  /** Whether a binding may stand for several values: a whole family, or a figure of several cited records. */
  isList(table: string, binding: Binding): boolean {
    if (!('figure' in binding)) return false;
    const max = this.profile[table]?.cites[binding.from]?.max ?? 1;
    const isOfSeveral = binding.from !== 'self' && binding.label === undefined && max > 1;
    return binding.figure.endsWith('.*') || isOfSeveral;
  }

  /** Spec of a figure under a name of a formula: `daily.fc_t.*`, or `fuel.FC.@` for a family's member. */
  specOf(table: string, name: string): FigureSpec | undefined {
    const family = name.replace(/\.@$/, '.*');
    return this.specs(table).find(
      (spec) => spec.name === family || (spec.name.endsWith('.*') && family.startsWith(spec.name.slice(0, -1))),
    );
  }

  /** Names in the parameter table that a binding may mean: `CC`, or all `CC.…` where a field or member chooses. */
  parameterNames(binding: Extract<Binding, { parameter: string }>): string[] {
    const names = Object.keys(this.folder.parameters);
    const { parameter, by } = binding;
    if (by) return names.filter((name) => name.startsWith(`${parameter}.`));
    if (parameter.endsWith('.@')) return names.filter((name) => name.startsWith(parameter.slice(0, -1)));
    return names.filter((name) => name === parameter);
  }
}

export function placeOf(table: string, figure: string): string {
  return `/methodology/figures/${table}/${figure}`;
}
