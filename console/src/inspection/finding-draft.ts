import type { FieldFinding } from '@carbon-ledger/core';
import { beginFiling, filingAddress, type Filer, type Filing } from '../filing/draft';

type Stated = Pick<FieldFinding, 'key' | 'record'> & Partial<FieldFinding>;

function decimalsOf(value = ''): number {
  return value.split('.')[1]?.length ?? 0;
}

/** Address of the form of a finding about a record. What was seen is private and goes into the draft, never into an address. */
export function findingAddress({ key, record, at = '' }: Stated): string {
  const [uscc = '', unit = '', period = ''] = key.split('/');
  const subject = { uscc, unit: unit === '-' ? 'PLANT' : unit, period };
  const address = filingAddress({ type: 'finding', ...subject, cites: { evidence: record } });
  // Two findings about one record are two drafts.
  return at === '' ? address : `${address}&noted=${encodeURIComponent(at).replaceAll('%3A', ':')}`;
}

/** The form as it begins: bound to the record, and to its document or figure with the value that was anchored. */
export function findingFiling(stated: Stated, filer: Filer): Filing {
  const { key, document, figure, unit = '', anchored, found, clause = '', seen = '' } = stated;
  const asked = new URLSearchParams(findingAddress(stated).split('?')[1]);
  const filing = beginFiling('finding', filer, asked);
  const bound = figure === undefined ? [] : [{ record: key, figure, unit, decimals: decimalsOf(anchored) }];
  return {
    ...filing,
    content: {
      ...filing.content,
      ...{ clause, seen, figures: bound, documents: document === undefined ? [] : [{ record: key, document }] },
    },
    figures: {
      ...(anchored === undefined ? {} : { 'anchored.1': anchored }),
      ...(found === undefined ? {} : { 'found.1': found }),
    },
  };
}
