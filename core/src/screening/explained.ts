import type { BookIndex } from './book';

interface Item {
  readonly rule?: unknown;
  readonly at?: unknown;
  readonly inputs?: unknown;
}

function idOf({ rule, at, inputs }: Item): string[] {
  const parts = [rule, at, inputs];
  return parts.every((part) => typeof part === 'string') ? [parts.join(' ')] : [];
}

/**
 * Findings that the enterprise has explained, with the key of the explanation. An explanation names rule, record and the digest of
 * the values as they stood: when one of these changes the finding speaks again.
 */
export function explainedBy(index: BookIndex): Record<string, string> {
  const explained: Record<string, string> = {};
  for (const { key, subject, content } of index.each('explanation.*@any')) {
    // A book holds records of others that it rests on: nobody explains for another.
    if (subject.uscc !== index.book.uscc) continue;
    const items = Array.isArray(content['findings']) ? (content['findings'] as readonly Item[]) : [];
    for (const id of items.flatMap(idOf)) explained[id] = key;
  }
  return explained;
}
