import { findingAt, tellDoubt, type JudgedRow } from './finding';
import type { FactOf } from './rows';

type Booked = Pick<FactOf<'booking'>, 'record' | 'qty' | 'doubts'>;

/** Bookings on the ledger beside the rows of the allowance registry's file: each goes with the cancellation that it books. */
export class LedgerBookings {
  readonly #byCancellation = new Map<string, Booked>();
  readonly #owned: (readonly [cancellation: string, row: JudgedRow])[] = [];
  #sawAny = false;

  /** @param isNamed whether rows are about the enterprise: what is about others is forgotten at once */
  see(fact: FactOf<'booking'>, isNamed: boolean): void {
    this.#sawAny = true;
    const { cancellation, record, qty, doubts } = fact;
    if (isNamed) this.#byCancellation.set(cancellation, { record, qty, ...(doubts === undefined ? {} : { doubts }) });
  }

  /** A row of the CCER registry is this cancellation of the ledger. */
  own(cancellation: string, row: JudgedRow): void {
    this.#owned.push([cancellation, row]);
  }

  /** Called once, when rows are paired and all facts were seen. */
  conclude(): void {
    for (const [cancellation, row] of this.#owned) this.#compare(row, this.#byCancellation.get(cancellation));
  }

  #compare(row: JudgedRow, booked: Booked | undefined): void {
    const { counterpart: booking } = row;
    if (booked === undefined) {
      if (booking !== undefined && this.#sawAny) booking.findings.push(findingAt(booking, 'NOT_ON_LEDGER', 'qty'));
      return;
    }
    tellDoubt(booking ?? row, 'qty', booked);
    const other = { record: booked.record, value: booked.qty };
    if (booking === undefined) row.findings.push(findingAt(row, 'LEDGER_DIFFERS', 'qty', { other }));
    else if (booked.qty !== booking.qty.toString())
      booking.findings.push(findingAt(booking, 'LEDGER_DIFFERS', 'qty', { other, expected: booked.qty }));
  }
}
