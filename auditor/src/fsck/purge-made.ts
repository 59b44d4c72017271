/** A purge of private figures that stands in the blocks and is in order: what is lost for good has a name beside it. */
export interface PurgeMade {
  /** Block number. */
  readonly block: number;
  /** Transaction id. */
  readonly transaction: string;
  /** RFC 3339: the transaction's time. */
  readonly at: string;
  /** Organisation whose gateway sent it. */
  readonly msp: string;
  /** USCC of the authority that ordered it. */
  readonly party: string;
  /** Its key that signed the order. */
  readonly keyId: string;
  /** Years that the figures were kept at least. */
  readonly years: number;
  /** Transactions whose private figures are gone: their number. */
  readonly transactions: number;
}
