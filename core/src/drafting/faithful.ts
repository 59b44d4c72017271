import { canonicalize } from '../canonical';
import { LedgerError, type Fault } from '../errors';
import { recordId, recordLeafHash, verifyFigures, type Figure, type LedgerRecord } from '../records';
import { quantityOf } from '../methodology/units/quantity';
import { digestOf } from '../submission';
import { toHex } from '../bytes';
import { isShortFor, type DraftRequest } from './request';

/** A draft as somebody else answered it. */
export interface AnsweredDraft {
  readonly record: LedgerRecord;
  readonly recordId: string;
  readonly figures: readonly Figure[];
  readonly ledger: string;
  readonly party: string;
  readonly signedAt: string;
  /** Hex of the 32 bytes to be signed. */
  readonly digest: string;
}

function differs(path: string, message: string): Fault {
  return { path, code: 'DRAFT_DIFFERS', message };
}

function statedFaults(
  name: string,
  stated: Readonly<Record<string, unknown>>,
  record: Readonly<Record<string, unknown>>,
): Fault[] {
  const found = new Map(Object.entries(record));
  return Object.entries(stated)
    .filter(([field, value]) => canonicalize(found.get(field) ?? null) !== canonicalize(value ?? null))
    .map(([field]) => differs(`/${name}/${field}`, `${name} ${field} is not what was stated`));
}

/** Members of the record itself that are not what was asked for. */
function memberFaults(
  { type, issuer, kind, on, documents = [], readers = [] }: DraftRequest,
  record: LedgerRecord,
): Fault[] {
  const asked: Readonly<Record<string, unknown>> = { type, issuer, documents, readers, kind: kind ?? record.kind };
  const found: Readonly<Record<string, unknown>> = { readers: [], ...record };
  return Object.keys(asked)
    .filter((name) => canonicalize(found[name]) !== canonicalize(asked[name]))
    .filter((name) => name !== 'kind' || on === undefined || !isShortFor(kind ?? record.kind, record.kind))
    .map((name) => differs(`/${name}`, `its ${name} is not what was asked for`));
}

/** Roles that were named, each citing what was named for it and nothing else: by id or by business key, in any order. */
function citationFaults({ cites = {} }: DraftRequest, record: LedgerRecord): Fault[] {
  const isCited = (role: string, names: readonly string[]): boolean => {
    const found = record.cites.filter((one) => one.role === role);
    const isNamed = (one: (typeof found)[number]): boolean => names.includes(one.record) || names.includes(one.key);
    return found.every(isNamed) && names.every((name) => found.some((one) => one.record === name || one.key === name));
  };
  return (
    Object.entries(cites)
      // A role with nothing named is one that was left to be proposed.
      .filter(([role, names]) => names.length > 0 && !isCited(role, names))
      .map(([role]) => differs(`/cites/${role}`, `it cites something else as ${role} than was named`))
  );
}

/** What was stated without the unit that may stand behind it. */
function numbersOf(figures: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(figures).map(([name, text]) => [name, quantityOf(text).value]));
}

/** Facts that were stated and stand otherwise in the record. */
function factFaults(request: DraftRequest, { record, figures }: AnsweredDraft): Fault[] {
  const open = Object.entries(record.totals).map(([name, { value }]) => [name, value] as const);
  const values = Object.fromEntries([...open, ...figures.map(({ name, value }) => [name, value] as const)]);
  const subject = Object.entries(request.subject ?? {}).filter(([, value]) => value !== undefined);
  return [
    ...memberFaults(request, record),
    ...citationFaults(request, record),
    ...statedFaults('subject', Object.fromEntries(subject), { ...record.subject }),
    ...statedFaults('content', request.content ?? {}, record.content),
    ...statedFaults('figures', numbersOf(request.figures ?? {}), values),
  ];
}

/** Ids, roots and digest computed anew. */
function digestFaults(draft: AnsweredDraft, expected: { readonly ledger: string; readonly party: string }): Fault[] {
  const { record, figures, ledger, party, signedAt, digest } = draft;
  const faults: Fault[] = [];
  if (ledger !== expected.ledger) faults.push(differs('/ledger', `it is for ledger ${ledger}`));
  if (party !== expected.party) faults.push(differs('/party', `it is of ${party}`));
  if (recordId(record) !== draft.recordId) faults.push(differs('/recordId', 'the record has another id'));
  const own = `0x${toHex(digestOf({ ledger, party, signedAt }, [recordLeafHash(record)]))}`;
  if (own !== digest) faults.push(differs('/digest', `the record has the digest ${own}`));
  try {
    verifyFigures(record.figuresRoot, figures);
  } catch {
    faults.push(differs('/figures', 'the figures are not those of the record'));
  }
  return faults;
}

/**
 * Holds a draft to the facts that were given for it: whoever signs computes the digest anew and takes nothing on trust.
 * @throws LedgerError DRAFT_DIFFERS with every difference
 */
export function assertFaithful(
  draft: AnsweredDraft,
  request: DraftRequest,
  expected: { readonly ledger: string; readonly party: string },
): void {
  const faults = [...factFaults(request, draft), ...digestFaults(draft, expected)];
  if (faults.length > 0) throw new LedgerError('DRAFT_DIFFERS', undefined, { faults });
}
