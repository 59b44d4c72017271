import { canonicalize, parseCanonical } from '../canonical';
import { LedgerError } from '../errors';
import { specsOf } from '../methodology/recompute';
import { settleFigures, specNamed } from '../methodology/settle';
import { quantityOf } from '../methodology/units/quantity';
import { figureMap, type FigureValue, type RecordScope } from '../methodology/scope';
import type { FigureSpec, Methodology } from '../methodology/spec';
import { formatBusinessKey, type Subject } from '../identifiers';
import { figuresRoot, orderFigures, type Figure } from '../records/figure';
import {
  businessKey,
  recordId,
  type DocumentRef,
  type LedgerRecord,
  type RecordType,
  type Total,
} from '../records/record';
import { recordTypes, type RecordTypes } from './registry';

/** What a party has in hand when it makes a record. Figures that the rules compute may be left out: they are computed. */
export interface RecordDraft {
  readonly type: RecordType;
  readonly issuer: string;
  readonly subject: Subject;
  /** `type` or `type.label`; the type when absent. */
  readonly kind?: string;
  readonly version?: number;
  readonly content: Readonly<Record<string, unknown>>;
  /** By role, the records that are cited. */
  readonly cites?: Readonly<Record<string, readonly BuiltRecord[]>>;
  readonly documents?: readonly DocumentRef[];
  /** Figures by name, as decimal text; a unit behind it (`5000 kg`) stays, and is refused where it is not the methodology's. */
  readonly figures?: Readonly<Record<string, string>>;
  /** Where private figures stand: index into the documents, and a page, cell or line of it. */
  readonly sources?: Readonly<Record<string, NonNullable<Figure['source']>>>;
  readonly readers?: readonly string[];
}

export interface BuiltRecord {
  readonly id: string;
  readonly key: string;
  readonly record: LedgerRecord;
  readonly figures: readonly Figure[];
}

/** 16 bytes in hex for one figure of one record: random, or derived from a secret that only the filer has. */
export type SaltSource = (key: string, version: number, figure: string) => string;

/** A cited record as formulas see it. What it cites itself is not looked at. */
export function scopeOf(
  built: Pick<BuiltRecord, 'id' | 'record' | 'figures'>,
  cited: RecordScope['cited'] = new Map(),
): RecordScope {
  return {
    id: built.id,
    key: businessKey(built.record),
    record: built.record,
    figures: figureMap(built.record, built.figures),
    cited,
  };
}

function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : Number(a.key > b.key);
}

/** The figure specs of a record: those of its type, or those of the methodology that it cites. */
export function figureSpecsOf(
  record: LedgerRecord,
  methodology: Methodology | undefined,
  types: RecordTypes = recordTypes,
): readonly FigureSpec[] {
  const { figures, amends } = types[record.type];
  const specs = figures?.(record) ?? (methodology ? specsOf(methodology, record) : []);
  return amends?.(specs, record) ?? specs;
}

function toTotal(value: FigureValue): Total {
  return value.formula === undefined
    ? { value: value.value, unit: value.unit }
    : { value: value.value, unit: value.unit, formula: value.formula };
}

/**
 * Makes a record and its private figures from a draft. Stated figures are taken as they are, even wrong ones: judging is
 * the ledger's work. Figures that the rules compute and that the draft leaves out are computed.
 * @throws LedgerError FIGURE_UNKNOWN for a figure that the record type does not have
 */
export function buildRecord(draft: RecordDraft, salt: SaltSource): BuiltRecord {
  const kind = draft.kind ?? draft.type;
  const cited = Object.entries(draft.cites ?? {}).map(([role, records]) => [role, [...records].sort(byKey)] as const);
  const bare: LedgerRecord = {
    schema: 'carbon-ledger/record/v1',
    type: draft.type,
    issuer: draft.issuer,
    subject: { uscc: draft.subject.uscc, unit: draft.subject.unit, period: draft.subject.period },
    kind,
    version: draft.version ?? 1,
    cites: cited.flatMap(([role, records]) => records.map(({ id, key }) => ({ role, record: id, key }))),
    documents: [...(draft.documents ?? [])],
    totals: {},
    figuresRoot: null,
    ...(draft.readers && draft.readers.length > 0 ? { readers: [...draft.readers] } : {}),
    content: { ...draft.content },
  };
  return finish(
    bare,
    draft,
    new Map(cited.map(([role, records]) => [role, records.map((record) => scopeOf(record))])),
    salt,
  );
}

function sourceOf({ sources = {} }: RecordDraft, name: string): Pick<Figure, 'source'> {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
  return source === undefined ? {} : { source };
}

/** The same with its members in canonical order, in which everybody after us writes them fastest. */
function inOrder<Value>(value: Value): Value {
  return parseCanonical(canonicalize(value)) as Value;
}

function finish(bare: LedgerRecord, draft: RecordDraft, cited: RecordScope['cited'], salt: SaltSource): BuiltRecord {
  const key = formatBusinessKey(bare.subject, bare.kind);
  const methodology = cited.get('methodology')?.[0]?.record.content as Methodology | undefined;
  const specs = figureSpecsOf(bare, methodology);
  const values = new Map<string, FigureValue>(
    Object.entries(draft.figures ?? {}).map(([name, text]) => [name, quantityOf(text)]),
  );
  for (const name of values.keys()) {
    if (!specNamed(specs, name))
      throw new LedgerError('FIGURE_UNKNOWN', `${name} is not a figure of ${bare.kind}`, {
        details: { figure: name, key },
      });
  }
  settleFigures(specs, values, { id: '', key, record: bare, figures: values, cited });

  const isPublic = (name: string): boolean => specNamed(specs, name)?.visibility === 'public';
  const named = [...values].map(([name, value]) => ({
    name,
    // One that could not be computed was left as it was given: in its own unit, or in that of its spec.
    value: { ...value, unit: value.unit || (specNamed(specs, name)?.unit ?? '') },
  }));
  const totals = Object.fromEntries(
    named.filter(({ name }) => isPublic(name)).map(({ name, value }) => [name, toTotal(value)]),
  );
  const figures = inOrder(
    orderFigures(
      named
        .filter(({ name }) => !isPublic(name))
        .map(({ name, value }) => ({
          name,
          ...toTotal(value),
          ...sourceOf(draft, name),
          salt: salt(key, bare.version, name),
        })),
    ),
  );
  const record = inOrder({ ...bare, totals, figuresRoot: figuresRoot(figures) });
  return { id: recordId(record), key, record, figures };
}
