import { peer } from '@hyperledger/fabric-protos';
import { hex } from '../blocks/bytes';
import type { EndorserTransaction } from '../blocks/envelope';
import type { NamespaceSet } from '../blocks/rwset';
import { isDefined, writesAnything } from './policies';
import type { ReplayedState } from './state';

const Code = peer.TxValidationCode;
/** Codes of transactions whose form and endorsements were in order. */
const ENDORSED: readonly number[] = [Code.VALID, Code.MVCC_READ_CONFLICT, Code.PHANTOM_READ_CONFLICT];
const ZERO = '\u0000';

type RefusalFacts = Pick<EndorserTransaction, 'chaincode' | 'sets'>;
type Keys = (set: NamespaceSet) => readonly { readonly collection: string; readonly key: string }[];

const written: Keys = ({ writes, metadataWrites, collections }) => [
  ...[...writes, ...metadataWrites].map(({ key }) => ({ collection: '', key })),
  ...collections.flatMap(({ collection, writes: hashed, metadataWrites: hashedMetadata }) =>
    [...hashed, ...hashedMetadata].map(({ keyHash }) => ({ collection, key: hex(keyHash) })),
  ),
];

const changed: Keys = ({ metadataWrites, collections }) => [
  ...metadataWrites.map(({ key }) => ({ collection: '', key })),
  ...collections.flatMap(({ collection, metadataWrites: hashed }) =>
    hashed.map(({ keyHash }) => ({ collection, key: hex(keyHash) })),
  ),
];

function idsOf(sets: readonly NamespaceSet[], keys: Keys): string[] {
  return sets.flatMap((set) => keys(set).map(({ collection, key }) => [set.namespace, collection, key].join(ZERO)));
}

/** What the earlier transactions of a block mean for the later ones, by the codes that they carry. */
export class EarlierInBlock {
  readonly #txIds = new Set<string>();
  readonly #policies = new Set<string>();

  hasId(txId: string): boolean {
    return this.#txIds.has(txId);
  }

  /** Code for a read-write set that may not be, whoever endorsed it. */
  refusal({ chaincode, sets }: RefusalFacts, state: ReplayedState): number | undefined {
    if (new Set(sets.map(({ namespace }) => namespace)).size < sets.length) return Code.ILLEGAL_WRITESET;
    const foreign = sets.filter((set) => set.namespace !== chaincode && writesAnything(set));
    if (foreign.some(({ namespace }) => !isDefined(state, namespace))) return Code.INVALID_CHAINCODE;
    // A key whose metadata were changed in the block, its policy perhaps, may not be written behind it at all.
    const isLocked = idsOf(sets, written).some((id) => this.#policies.has(id));
    return isLocked ? Code.ENDORSEMENT_POLICY_FAILURE : undefined;
  }

  add(txId: string, code: number, sets: readonly NamespaceSet[]): void {
    if (!ENDORSED.includes(code)) return;
    this.#txIds.add(txId);
    for (const id of idsOf(sets, changed)) this.#policies.add(id);
  }
}
