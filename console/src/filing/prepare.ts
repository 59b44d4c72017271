import {
  dueDay,
  faultsOf,
  figureFaults,
  figureSpecsOf,
  methodologySchema,
  recordTypes,
  scopeOf,
  statedDue,
  valuesOf,
  type BuiltRecord,
  type Fault,
  type FigureSpec,
  type Methodology,
  type PartyFacts,
  type RecordDraft,
  type RecordScope,
  type YearValues,
} from '@carbon-ledger/core';
import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import { citationFaults } from './citation-faults';
import { tidyContent } from './content';
import { sketchOf, type Filing } from './draft';
import { fieldsOfType } from './fields';

function builtOf({ id, key, record, figures = [] }: AnchoredRecordView): BuiltRecord {
  return { id, key, record, figures };
}

/** Cited records with the figures that are open to who asks: formulas take their inputs from them. */
export async function citedRecords(
  client: LedgerClient,
  cites: Filing['cites'],
): Promise<Record<string, BuiltRecord[]>> {
  const roles = await Promise.all(
    Object.entries(cites).map(async ([role, ids]) => {
      const views = await Promise.all(ids.map((id) => client.record(id, { figures: true })));
      return [role, views.map(builtOf)] as const;
    }),
  );
  return Object.fromEntries(roles);
}

function tableOf(cited: Readonly<Record<string, readonly BuiltRecord[]>>): YearValues | undefined {
  return valuesOf(cited['parameters']?.[0]?.record);
}

/** The last day of a first version, by the parameters that it cites. */
export function dueOf(filing: Filing, cited: Readonly<Record<string, readonly BuiltRecord[]>>): string | undefined {
  return dueDay(recordTypes[filing.type], filing, tableOf(cited));
}

/** The filing as a record is made of it. */
export function recordDraftOf(
  filing: Filing,
  issuer: string,
  cited: Readonly<Record<string, readonly BuiltRecord[]>>,
): RecordDraft {
  const figures = Object.entries(filing.figures).filter(([, value]) => value !== '');
  const due = statedDue(recordTypes[filing.type], filing, filing.content, tableOf(cited));
  return {
    ...{ type: filing.type, kind: filing.kind, version: filing.version, subject: filing.subject, issuer },
    content: tidyContent(fieldsOfType(filing.type), { ...filing.content, ...due }),
    cites: cited,
    documents: filing.documents,
    figures: Object.fromEntries(figures),
    ...(filing.sources === undefined ? {} : { sources: filing.sources }),
  };
}

export function methodologyOf(cited: Readonly<Record<string, readonly BuiltRecord[]>>): Methodology | undefined {
  const read = methodologySchema.safeParse(cited['methodology']?.[0]?.record.content);
  return read.success ? read.data : undefined;
}

/** Figures that the record carries by its type or by the methodology that it cites. */
export function figuresAskedOf(
  filing: Filing,
  issuer: string,
  methodology: Methodology | undefined,
): readonly FigureSpec[] {
  return figureSpecsOf(sketchOf(filing, issuer), methodology);
}

/** As checks see a cited record: with what it cites itself left out. */
function citedScopes(cited: Readonly<Record<string, readonly BuiltRecord[]>>): RecordScope['cited'] {
  return new Map(Object.entries(cited).map(([role, records]) => [role, records.map((one) => scopeOf(one))]));
}

export interface Prepared {
  readonly built: BuiltRecord;
  readonly cited: Readonly<Record<string, readonly BuiltRecord[]>>;
}

/**
 * Every fault that the record itself shows, before anything is signed: fields, citations, figures, and the type's own
 * checks. What hangs on the ledger is judged there.
 */
export function faultsBefore({ built, cited }: Prepared, issuer: PartyFacts, now: Date): Fault[] {
  const { record } = built;
  const spec = recordTypes[record.type];
  const citations = citationFaults(spec.cites(record), record);
  const content = spec.content.safeParse(record.content);
  const scope = scopeOf(built, citedScopes(cited));
  if (!content.success) {
    const fields = faultsOf('BAD_RECORD', content.error, '/content');
    return [...fields, ...whyNoDue({ built, issuer, now, scope }, fields), ...citations];
  }
  const figures = citations.length > 0 ? [] : figureFaults(figureSpecsOf(record, methodologyOf(cited)), scope);
  return [...citations, ...figures, ...ownFaults({ built, issuer, now, scope }, content.data)];
}

interface Checked {
  readonly built: BuiltRecord;
  readonly issuer: PartyFacts;
  readonly now: Date;
  readonly scope: RecordScope;
}

/** What the checks of its type say of a content that has all its fields. */
function ownFaults({ built, issuer, now, scope }: Checked, read: unknown): Fault[] {
  const { record, id } = built;
  const time = `${now.toISOString().slice(0, 19)}Z`;
  // Read by the schema of the same type before.
  const content = read as never;
  return recordTypes[record.type].check?.({ record, id: id.slice('rec:'.length), content, scope, issuer, time }) ?? [];
}

/** A due day that is all that lacks is counted by a calendar: which one is missing, or on which day it ends, is told with it. */
function whyNoDue(checked: Checked, fields: readonly Fault[]): Fault[] {
  const { record } = checked.built;
  const { dueField = '', content: schema, example } = recordTypes[record.type];
  const path = `/content/${dueField}`;
  if (fields.length === 0 || fields.some((fault) => fault.path !== path)) return [];
  const assumed = { ...record.content, [dueField]: (example as Readonly<Record<string, unknown>>)[dueField] };
  const read = schema.safeParse(assumed);
  return read.success ? ownFaults(checked, read.data).filter((fault) => fault.path === path) : [];
}
