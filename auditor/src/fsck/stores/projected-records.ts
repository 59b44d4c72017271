import { canonicalize } from '@carbon-ledger/core';
import type { Finding } from '../finding';
import type { WorkStore } from '../replay/work-store';
import type { ProjectionReader } from './projection-reader';

const MOST_NAMED = 100;

/** What the blocks gave for a record or its figures, as the projection writes it; undefined where nothing did. */
type Expected = (bytes: Buffer | undefined) => string | undefined;

const asText: Expected = (bytes) => bytes?.toString('utf8');
const asCanonical: Expected = (bytes) => bytes && canonicalize(JSON.parse(bytes.toString('utf8')));

/** Tables whose entries a replay keeps by record id, so that a wrong one can be named. */
const tables: Readonly<Record<string, { readonly expected: Expected; readonly found: (value: string) => string }>> = {
  // A line with the record's place stands before its text.
  r: { expected: asText, found: (value) => value.slice(value.indexOf('\n') + 1) },
  f: { expected: asCanonical, found: (value) => value },
};

/**
 * The records of a table that are altered, foreign or missing. Empty where none can be named: then it is their places or
 * another table that is wrong.
 */
export async function namedFaults(
  table: string,
  reader: ProjectionReader,
  store: WorkStore,
  isComplete: boolean,
): Promise<Finding[]> {
  const rules = tables[table];
  if (rules === undefined) return [];
  const findings: Finding[] = [];
  const add = (id: string, message: string): void => {
    if (findings.length < MOST_NAMED)
      findings.push({ code: 'PROJECTION_MISMATCH', record: id, field: `${table}/${id.slice(4)}`, message });
  };
  for await (const [key, value] of reader.entries(`${table}/`)) {
    const id = `rec:${key.slice(2)}`;
    const expected = rules.expected(store.get(`${table}${id}`));
    if (expected === undefined) add(id, 'nothing in the blocks leads to it');
    else if (expected !== rules.found(value.toString('utf8'))) add(id, 'the blocks give another content');
  }
  if (!isComplete) return findings;
  for await (const [key] of store.range(`${table}rec:`, `${table}rec;`))
    if ((await reader.get(`${table}/${key.slice(5)}`)) === undefined) add(key.slice(1), 'it is missing');
  return findings;
}
