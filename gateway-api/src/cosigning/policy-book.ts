import {
  isLedgerError,
  LedgerError,
  parsePolicy,
  parseVkey,
  policyId,
  toHex,
  verifyCheckpoint,
  type CheckpointPolicy,
  type Policy,
} from '@carbon-ledger/core';
import type { Cosigners } from '../projection/cosigners';

/** What verifiers are told to pin: the log's key, outside witnesses, and the organisations that cosign. */
export class PolicyBook {
  readonly #base: Policy;
  /** The log's keys, and the sizes that each may sign. */
  readonly #log: CheckpointPolicy;
  readonly #cosigners: Cosigners;
  readonly #quorum: number;
  #known: { readonly policy: Policy; readonly id: string } | undefined;

  /** @param quorum organisations that must have cosigned; 0 asks for none of them and names none */
  constructor(base: Policy, cosigners: Cosigners, quorum: number) {
    this.#base = base;
    this.#log = parsePolicy({ ...base, witnesses: [], quorum: 0 }).checkpoint;
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

  /** True once as many different keys are registered as must cosign. */
  get isReachable(): boolean {
    return this.#voices() >= this.policy.quorum;
  }

  /** Does this note hold what the organisations' quorum asks for? Counted as every verifier counts: by public key. */
  isCosigned(note: string): boolean {
    const witnesses = this.#cosigners.all().map(({ key }) => parseVkey(key));
    return isSignedBy(note, { ...this.#log, witnesses, quorum: Math.max(this.#quorum, 1) });
  }

  /** Does a note hold all that the policy asks of checkpoints: by organisations and by witnesses outside? */
  isFulfilledBy(note: string): boolean {
    const { witnesses, quorum } = this.policy;
    return isSignedBy(note, { ...this.#log, witnesses: witnesses.map(parseVkey), quorum });
  }

  /** @throws LedgerError NOT_READY while too few organisations have registered a key */
  reachable(): Policy {
    if (this.isReachable) return this.policy;
    const { quorum } = this.policy;
    const message = `${String(this.#voices())} of ${String(quorum)} witnesses are known: organisations register with their first cosignature.`;
    throw new LedgerError('NOT_READY', message);
  }

  /** Call when somebody has cosigned. */
  refresh(): void {
    this.#known = undefined;
  }

  /** A key under two names is one witness, and the log is none of its own. */
  #voices(): number {
    const { logKey, retiredLogKeys = [], witnesses } = this.policy;
    const keys = new Set(witnesses.map(publicKeyOf));
    for (const own of [logKey, ...retiredLogKeys.map((one) => one.logKey)]) keys.delete(publicKeyOf(own));
    return keys.size;
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

/** Hex of the key alone, without its name. */
export function publicKeyOf(vkey: string): string {
  return toHex(parseVkey(vkey).publicKey);
}

function isSignedBy(note: string, by: Parameters<typeof verifyCheckpoint>[1]): boolean {
  try {
    verifyCheckpoint(note, by);
    return true;
  } catch (error) {
    if (isLedgerError(error)) return false;
    throw error;
  }
}
