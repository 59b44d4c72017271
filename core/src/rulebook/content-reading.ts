import { LedgerError, withArticle, type Fault } from '../errors';
import { isPlainText, plainTextFault } from '../identifiers';
import { faultsOf, jsonPointer } from '../validation';
import type { LedgerRecord } from '../records/record';
import { recordTypes, type RecordTypes } from './registry';

/**
 * Texts with characters that are not seen, wherever they stand. A type says what its fields are; that they can be read holds for
 * all of them, and for the names of documents.
 */
function unseenFaults(value: unknown, path: readonly PropertyKey[]): Fault[] {
  if (isAllSeen(value)) return [];
  if (typeof value === 'string') {
    const message = plainTextFault(value);
    return message === undefined ? [] : [{ path: jsonPointer(path), code: 'BAD_RECORD', message }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [
    ...unseenFaults(name, path).map((fault) => ({ ...fault, message: `the name of a member ${fault.message}` })),
    ...unseenFaults(part, [...path, name]),
  ]);
}

function isAllSeen(value: unknown): boolean {
  if (typeof value === 'string') return isPlainText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isAllSeen);
  return Object.entries(value).every(([name, part]) => isPlainText(name) && isAllSeen(part));
}

/** Reads a record's content by its type. @throws LedgerError BAD_RECORD with every bad field */
export function parseContent(record: LedgerRecord, types: RecordTypes = recordTypes): unknown {
  const result = types[record.type].content.safeParse(record.content);
  const ofType = result.success ? [] : faultsOf('BAD_RECORD', result.error, '/content');
  const told = new Set(ofType.map(({ path }) => path));
  const { content, documents } = record;
  const unseen = unseenFaults({ content, documents }, []).filter(({ path }) => !told.has(path));
  if (result.success && unseen.length === 0) return result.data;
  throw new LedgerError('BAD_RECORD', `the content does not fit ${withArticle(record.type)}`, {
    faults: [...ofType, ...unseen],
  });
}
