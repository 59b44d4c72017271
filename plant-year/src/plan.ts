import type { Methodology, ParameterTable, RecordType, Subject } from '@carbon-ledger/core';

/** Where the file says something that a record carries: the file's own name for it, and the place. */
export interface FileSource {
  /** Key of the file, `sampleReceived`; the name under which a difference is told. */
  readonly name: string;
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  /** A registration that the year only needs: whatever version stands on the ledger serves. */
  readonly registration?: true;
}

/**
 * One record that a plant-year makes, before it is built: whom it is about, what it cites by business key, and what the
 * file states for it. Figures that the file does not state are left to the methodology.
 */
export interface PlanRecord {
  readonly key: string;
  readonly type: RecordType;
  readonly kind: string;
  readonly issuer: string;
  readonly subject: Subject;
  /** Business keys by role, in the order of the keys. */
  readonly cites: Readonly<Record<string, readonly string[]>>;
  readonly content: Readonly<Record<string, unknown>>;
  /** By content field. Fields that are constant or derived have no source. */
  readonly contentSources: ReadonlyMap<string, FileSource>;
  readonly figures: Readonly<Record<string, string>>;
  readonly figureSources: ReadonlyMap<string, FileSource>;
  /** USCCs that may read the private figures besides issuer, subject and authorities. */
  readonly readers: readonly string[];
  /** JSON pointer of the object of the file that the record is made of. */
  readonly pointer: string;
  /** A registration that the year only needs: whatever version stands on the ledger serves. */
  readonly registration?: true;
}

/** The parties and rules of the ledger that the records of a plant-year refer to. */
export interface PlanLedger {
  /** Business keys of the year's methodology and parameter records. */
  readonly methodologyKey: string;
  readonly parametersKey: string;
  readonly methodology: Methodology;
  readonly parameters: ParameterTable;
  readonly provinceAuthority: string;
  readonly allowanceRegistry: string;
  readonly ccerRegistry: string;
}
