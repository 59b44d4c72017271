import { isLedgerError } from '../errors';
import {
  agrees,
  methodologySchema,
  recomputeFigure,
  type FigureSpec,
  type FigureValue,
  type Methodology,
  type Recomputation,
  type RecordScope,
} from '../methodology';
import { figureNames } from '../methodology/resolve';
import type { LedgerRecord, RecordType } from '../records';
import { figureSpecsOf } from '../rulebook';
import { addressOf, type BookRecord, type BrokenFigure } from './book';

/** A record as formulas see it. */
function bareRecord({ type, kind, issuer, subject, version, content }: BookRecord): LedgerRecord {
  const blank = { cites: [], documents: [], totals: {}, figuresRoot: null };
  return {
    schema: 'carbon-ledger/record/v1',
    type: type as RecordType,
    ...{ issuer, subject: { ...subject }, kind, version, ...blank, content: { ...content } },
  };
}

/** Methodologies that were read, by their content: a province has one or two. */
const methodologies = new WeakMap<object, Methodology | undefined>();

function methodologyOf(record: BookRecord | undefined): Methodology | undefined {
  if (record === undefined) return undefined;
  if (!methodologies.has(record.content))
    methodologies.set(record.content, methodologySchema.safeParse(record.content).data);
  return methodologies.get(record.content);
}

/** Records of a book with what they cite, made when they are asked for. */
class Scopes {
  readonly #records: ReadonlyMap<string, BookRecord>;
  readonly #made = new Map<string, RecordScope>();

  constructor(records: readonly BookRecord[]) {
    this.#records = new Map(records.map((record) => [record.key, record]));
  }

  methodologyOf({ cites }: BookRecord): Methodology | undefined {
    const [key] = cites['methodology'] ?? [];
    return key === undefined ? undefined : methodologyOf(this.#records.get(key));
  }

  of(record: BookRecord): RecordScope {
    const known = this.#made.get(record.key);
    if (known) return known;
    const figures = new Map<string, FigureValue>(
      [...record.figures].map(([name, value]) => [name, { value, unit: '' }]),
    );
    const cited = new Map(
      Object.entries(record.cites).map(([role, keys]) => [
        role,
        keys.flatMap((key) => {
          const other = this.#records.get(key);
          return other === undefined ? [] : [this.of(other)];
        }),
      ]),
    );
    const scope = { id: '', key: record.key, record: bareRecord(record), figures, cited };
    this.#made.set(record.key, scope);
    return scope;
  }
}

function recomputed(spec: FigureSpec, scope: RecordScope, name: string): Recomputation | undefined {
  try {
    return recomputeFigure(spec, scope, name);
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

function brokenOf(spec: FigureSpec, scope: RecordScope, name: string): BrokenFigure[] {
  const got = scope.figures.get(name)?.value;
  const computed = got === undefined ? undefined : recomputed(spec, scope, name);
  if (got === undefined || computed === undefined || agrees(spec, got, computed.expected)) return [];
  const inputs = computed.inputs.flatMap(({ source }) => {
    if (source.kind === 'parameter') return [];
    return [addressOf(source.scope.key, source.kind === 'figure' ? source.figure : source.field)];
  });
  const address = addressOf(scope.key, name);
  return [{ address, kind: scope.record.kind, figure: name, inputs, expected: computed.expected, got }];
}

/** Figures of records that are not what the methodology that they cite makes of their inputs. */
export function brokenFigures(records: readonly BookRecord[]): BrokenFigure[] {
  const scopes = new Scopes(records);
  return records.flatMap((record) => {
    const methodology = scopes.methodologyOf(record);
    if (methodology === undefined) return [];
    const scope = scopes.of(record);
    const specs = figureSpecsOf(scope.record, methodology);
    return specs.flatMap((spec) =>
      spec.cases.length === 0 ? [] : figureNames(scope, spec, specs).flatMap((name) => brokenOf(spec, scope, name)),
    );
  });
}
