/** A private data collection: who holds it. On one machine every member's data lie in the same store. */
export interface CollectionConfig {
  readonly name: string;
  /** MSP ids whose clients may read and write it. */
  readonly members: readonly string[];
  /** Default true, as `memberOnlyRead` of Fabric. */
  readonly memberOnlyRead?: boolean;
  /** Default true, as `memberOnlyWrite` of Fabric. */
  readonly memberOnlyWrite?: boolean;
}

/** What the creator of one transaction may do with the collections of a chaincode; the texts are Fabric's. */
export class CollectionAccess {
  readonly #configs: ReadonlyMap<string, CollectionConfig>;
  readonly #chaincode: string;
  readonly #mspId: string;

  constructor(configs: ReadonlyMap<string, CollectionConfig>, chaincode: string, mspId: string) {
    this.#configs = configs;
    this.#chaincode = chaincode;
    this.#mspId = mspId;
  }

  assertReadable(collection: string): void {
    const config = this.#require(collection);
    if (config.memberOnlyRead !== false) this.#assertMember(config, 'read');
  }

  assertWritable(collection: string): void {
    const config = this.#require(collection);
    if (config.memberOnlyWrite !== false) this.#assertMember(config, 'write');
  }

  assertExists(collection: string): void {
    this.#require(collection);
  }

  #assertMember(config: CollectionConfig, access: 'read' | 'write'): void {
    if (config.members.includes(this.#mspId)) return;
    throw new Error(
      `tx creator does not have ${access} access permission on privatedata in chaincodeName:${this.#chaincode} collectionName: ${config.name}`,
    );
  }

  #require(collection: string): CollectionConfig {
    const config = this.#configs.get(collection);
    if (config) return config;
    throw new Error(`collection ${collection} not defined in the collection config for chaincode ${this.#chaincode}`);
  }
}
