import type { LedgerRecord } from '../records';
import type { ContentOf } from '../rulebook';
import type { LedgerFact } from './rows';

/** Types of record that say something of accounts, obligations, facilities, freezes, cancellations and bookings. */
export const factTypes = [
  'party',
  'facility',
  'verification-conclusion',
  'ccer-freeze',
  'ccer-cancellation',
  'offset-booking',
] as const;
type FactType = (typeof factTypes)[number];

/** A record that stands, with its id. */
interface Standing {
  readonly id: string;
  readonly record: LedgerRecord;
  /** Why its word is in doubt. */
  readonly doubts?: readonly string[] | undefined;
}

function contentOf<Type extends FactType>({ record }: Standing): ContentOf<Type> {
  return record.content as ContentOf<Type>;
}

function accountFacts(standing: Standing): LedgerFact[] {
  const { ccerAccountId: ccer, allowanceAccountId: allowance } = contentOf<'party'>(standing).identifiers ?? {};
  if (ccer === undefined && allowance === undefined) return [];
  const { uscc } = standing.record.subject;
  const told = { ...(ccer === undefined ? {} : { ccer }), ...(allowance === undefined ? {} : { allowance }) };
  return [{ kind: 'accounts', record: standing.id, uscc, ...told }];
}

function obligationFacts({ id, record }: Standing): LedgerFact[] {
  const { uscc, unit, period: year } = record.subject;
  const due = record.totals['verifiedEmission_tCO2']?.value;
  return unit === 'PLANT' && due !== undefined ? [{ kind: 'obligation', record: id, uscc, year, due }] : [];
}

function facilityFacts(standing: Standing): LedgerFact[] {
  const { uscc } = standing.record.subject;
  return contentOf<'facility'>(standing).units.map(({ permitNo, facilityCode }) => ({
    kind: 'facility',
    record: standing.id,
    code: `${permitNo}/${facilityCode}`,
    uscc,
  }));
}

function cancellationFacts(standing: Standing): LedgerFact[] {
  const { projectRef: project, serialFrom, serialTo, qty } = contentOf<'ccer-cancellation'>(standing);
  const { uscc, period: year } = standing.record.subject;
  return [{ kind: 'cancellation', record: standing.id, uscc, year, project, serialFrom, serialTo, qty }];
}

function freezeFacts(standing: Standing): LedgerFact[] {
  const { serialFrom, serialTo } = contentOf<'ccer-freeze'>(standing);
  const { uscc, period: year } = standing.record.subject;
  return [{ kind: 'freeze', record: standing.id, uscc, year, serialFrom, serialTo }];
}

function bookingFacts(standing: Standing): LedgerFact[] {
  const { qty } = contentOf<'offset-booking'>(standing);
  const { uscc, period: year } = standing.record.subject;
  return standing.record.cites
    .filter(({ role }) => role === 'ccer-cancellation')
    .map(({ record: cancellation }) => ({ kind: 'booking', record: standing.id, uscc, year, qty, cancellation }));
}

const readers: Readonly<Record<FactType, (standing: Standing) => LedgerFact[]>> = {
  party: accountFacts,
  facility: facilityFacts,
  'verification-conclusion': obligationFacts,
  'ccer-freeze': freezeFacts,
  'ccer-cancellation': cancellationFacts,
  'offset-booking': bookingFacts,
};

/** What a record that stands says for a reconciliation; nothing where its type is none of {@link factTypes}. */
export function factsOfRecord(standing: Standing): LedgerFact[] {
  const { type } = standing.record;
  const known = factTypes.find((name) => name === type);
  const facts = known === undefined ? [] : readers[known](standing);
  const { doubts = [] } = standing;
  return doubts.length === 0 ? facts : facts.map((fact) => ({ ...fact, doubts: doubts.join(', ') }));
}
