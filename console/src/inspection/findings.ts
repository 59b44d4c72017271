import { recordTypes, type RecordType, type Title } from '@carbon-ledger/core';
import { typesFiledBy } from '../filing/draft';

/** What everybody may file is no finding. */
const corrections: ReadonlySet<RecordType> = new Set(['supersession', 'revocation', 'party']);

/** Types in which an inspection states what it found: what its kind of party files, beside corrections. */
export function findingTypes(kind: string): readonly { readonly type: RecordType; readonly title: Title }[] {
  return typesFiledBy(kind)
    .filter((type) => !corrections.has(type))
    .map((type) => ({ type, title: recordTypes[type].title }));
}
