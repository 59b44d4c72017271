import type { RecordScope } from '../methodology/scope';
import type { RecordType } from '../records/record';
import type { ContentOf } from './registry';

/** A cited record whose content is typed by its type's name. */
export interface CitedRecord<Type extends RecordType> {
  readonly scope: RecordScope;
  readonly content: ContentOf<Type>;
}

/**
 * What a record cites in a role, of one type. A cited record's content was held to its type's schema before it was anchored,
 * and its id is its hash: here is the one place where that is taken for granted.
 */
export function citedOf<Type extends RecordType>(scope: RecordScope, role: string, type: Type): CitedRecord<Type>[] {
  return (scope.cited.get(role) ?? [])
    .filter(({ record }) => record.type === type)
    .map((cited) => ({ scope: cited, content: cited.record.content as ContentOf<Type> }));
}
