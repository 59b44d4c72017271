/** Keys of the projection's store. Numbers are padded so that key order is log order. */
export const padded = (index: number): string => index.toString(16).padStart(12, '0');
const bare = (id: string): string => id.slice(4);

export const keys = {
  state: 'm/state',
  record: (id: string): string => `r/${bare(id)}`,
  ended: (id: string): string => `x/${bare(id)}`,
  figures: (id: string): string => `f/${bare(id)}`,
  submission: (id: string): string => `s/${bare(id)}`,
  head: (key: string): string => `h/${key}`,
  version: (key: string, version: number): string => `v/${key}/${String(version).padStart(5, '0')}`,
  party: (uscc: string): string => `p/${uscc}`,
  /** Records of a transaction whose private figures are not here yet. */
  awaited: (txId: string): string => `w/${txId}`,
  /** Where a transaction with private figures stands in the log: first index and number of records. */
  transaction: (txId: string): string => `i/${txId}`,
  /** That a transaction's private figures were purged. */
  purged: (txId: string): string => `z/${txId}`,
  cosigner: (mspId: string): string => `k/${mspId}`,
  /** Which content an idempotency key was used for, in the order of their use; of no block. */
  idempotency: (number: number): string => `q/${padded(number)}`,
  byDocument: (digest: string, index: number): string => `d/${digest}/${padded(index)}`,
  byName: (name: string, index: number): string => `n/${encodeURIComponent(name)}/${padded(index)}`,
  byCited: (id: string, index: number): string => `c/${bare(id)}/${padded(index)}`,
  byType: (type: string, index: number): string => `y/${type}/${padded(index)}`,
  byIssuer: (uscc: string, index: number): string => `u/${uscc}/${padded(index)}`,
  byPeriod: (period: string, index: number): string => `e/${period}/${padded(index)}`,
  bySubject: (uscc: string, index: number): string => `b/${uscc}/${padded(index)}`,
  /** The current version of a business key, under the state in which it stands. */
  byState: (state: string, type: string, key: string): string => `a/${state}/${type}/${key}`,
  /** A value of the world state on which rules decide. */
  world: (key: string): string => `g/${key}`,
};

/** Prefixes for range reads. */
export const prefixes = {
  parties: 'p/',
  cosigners: 'k/',
  awaited: 'w/',
  idempotency: 'q/',
  ended: 'x/',
  document: (digest: string): string => `d/${digest}/`,
  name: (name: string): string => `n/${encodeURIComponent(name)}/`,
  cited: (id: string): string => `c/${bare(id)}/`,
  type: (type: string): string => `y/${type}/`,
  issuer: (uscc: string): string => `u/${uscc}/`,
  period: (period: string): string => `e/${period}/`,
  subject: (uscc: string): string => `b/${uscc}/`,
  state: (state: string, type?: string, uscc?: string): string => {
    const parts = ['a', state, ...(type === undefined ? [] : [type, ...(uscc === undefined ? [] : [uscc])])];
    return `${parts.join('/')}/`;
  },
  /** Heads of one unit and year: its months are behind the year. */
  heads: (bucket: string): string => `h/${bucket}`,
  versions: (key: string): string => `v/${key}/`,
  party: (uscc: string, unit?: string, period?: string): string => {
    const parts = ['v', uscc, ...(unit === undefined ? [] : [unit, ...(period === undefined ? [] : [period])])];
    return `${parts.join('/')}/`;
  },
};
