import { LedgerError, policyId, type Policy } from '@carbon-ledger/core';
import type { Cosigners } from '../projection/cosigners';

/** What verifiers are told to pin: the log's key, outside witnesses, and the organisations that cosign. */
export class PolicyBook {
  readonly #base: Policy;
  readonly #cosigners: Cosigners;
  readonly #quorum: number;
  #known: { readonly policy: Policy; readonly id: string } | undefined;

  /** @param quorum organisations that must have cosigned; 0 asks for none of them and names none */
  constructor(base: Policy, cosigners: Cosigners, quorum: number) {
    this.#base = base;
    this.#cosigners = cosigners;
    this.#quorum = quorum;
  }

  /** Changes with the registered keys. It may ask for more witnesses than there are yet: then nobody can pin it. */
  get policy(): Policy {
    return this.#current().policy;
  }

  get id(): string {
    return this.#current().id;
  }

  /** True once as many organisations have registered a key as must cosign. */
  get isReachable(): boolean {
    const { witnesses, quorum } = this.policy;
    return witnesses.length >= quorum;
  }

  /** @throws LedgerError NOT_READY while too few organisations have registered a key */
  reachable(): Policy {
    if (this.isReachable) return this.policy;
    const { witnesses, quorum } = this.policy;
    const message = `${String(witnesses.length)} of ${String(quorum)} witnesses are known: organisations register with their first cosignature.`;
    throw new LedgerError('NOT_READY', message);
  }

  /** Call when somebody has cosigned. */
  refresh(): void {
    this.#known = undefined;
  }

  #current(): { readonly policy: Policy; readonly id: string } {
    if (this.#known !== undefined) return this.#known;
    const policy = this.#quorum === 0 ? this.#base : this.#withCosigners();
    this.#known = { policy, id: policyId(policy) };
    return this.#known;
  }

  #withCosigners(): Policy {
    const { witnesses, quorum } = this.#base;
    const own = this.#cosigners.all().map(({ key }) => key);
    return { ...this.#base, witnesses: [...witnesses, ...own], quorum: quorum + this.#quorum };
  }
}
