import { withArticle } from '../errors';
import type { LedgerRecord } from '../records/record';
import { labelOf, numberOf } from '../rulebook/authority';
import type { RecordTypeSpec } from '../rulebook/spec';

type Named = Pick<LedgerRecord, 'kind' | 'type'>;

function isKindOf(record: Named, { labels, number }: RecordTypeSpec): boolean {
  const raw = record.kind.split('.')[1];
  if (number === true) return numberOf(record.kind) !== undefined;
  if (raw === undefined) return labels?.required !== true;
  if (labels === undefined) return false;
  const label = labels.numbered === true ? labelOf(record.kind) : raw;
  return labels.names === 'any' || (label !== undefined && labels.names.includes(label));
}

/** Kinds that a type has, each in quotes, so that a code stays a code in every language. */
function kindsOf({ type, labels, number }: RecordTypeSpec): string {
  const named = labels?.names === 'any' ? ['NAME'] : (labels?.names ?? []);
  const names = number === true ? ['1'] : named;
  const isNamed = number === true || labels?.required === true;
  const kinds = [...(isNamed ? [] : [type]), ...names.map((name) => `${type}.${name}`)];
  return kinds.map((kind) => JSON.stringify(kind)).join(' or ');
}

/** In words, why a record is not called as its type allows, and how it may be called; undefined where it is. */
export function kindFault(record: Named, spec: RecordTypeSpec): string | undefined {
  if (isKindOf(record, spec)) return undefined;
  return `the kind of ${withArticle(record.type)} is not ${JSON.stringify(record.kind)}, but ${kindsOf(spec)}`;
}
