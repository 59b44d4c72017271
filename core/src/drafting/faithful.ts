import { canonicalize } from '../canonical';
import { LedgerError, type Fault } from '../errors';
import { recordId, recordLeafHash, verifyFigures, type Figure, type LedgerRecord } from '../records';
import { digestOf } from '../submission';
import { toHex } from '../bytes';
import type { DraftRequest } from './request';

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
  found: (name: string) => unknown,
): Fault[] {
  return Object.entries(stated)
    .filter(([field, value]) => canonicalize(found(field) ?? null) !== canonicalize(value ?? null))
    .map(([field]) => differs(`/${name}/${field}`, `${name} ${field} is not what was stated`));
}

/** Members of the record itself that are not what was asked for. */
function memberFaults(
  { type, issuer, kind, documents = [], readers = [] }: DraftRequest,
  record: LedgerRecord,
): Fault[] {
  const asked: Readonly<Record<string, unknown>> = { type, issuer, documents, readers, kind: kind ?? record.kind };
  const found: Readonly<Record<string, unknown>> = { readers: [], ...record };
  return Object.keys(asked)
    .filter((name) => canonicalize(found[name]) !== canonicalize(asked[name]))
    .map((name) => differs(`/${name}`, `its ${name} is not what was asked for`));
}

/** Facts that were stated and stand otherwise in the record. */
function factFaults(request: DraftRequest, { record, figures }: AnsweredDraft): Fault[] {
  const values = new Map<string, string>([
    ...Object.entries(record.totals).map(([name, { value }]) => [name, value] as const),
    ...figures.map(({ name, value }) => [name, value] as const),
  ]);
  const subject = Object.entries(request.subject ?? {}).filter(([, value]) => value !== undefined);
  const parts: Readonly<Record<string, unknown>> = { ...record.subject };
  return [
    ...memberFaults(request, record),
    ...statedFaults('subject', Object.fromEntries(subject), (part) => parts[part]),
    ...statedFaults('content', request.content ?? {}, (field) => record.content[field]),
    ...statedFaults('figures', request.figures ?? {}, (name) => values.get(name)),
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
