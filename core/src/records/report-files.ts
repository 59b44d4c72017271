import type { DocumentRef } from './record';

/** `document` is what is said of a file of which nothing is said. */
const unspecific = ['report', 'document'];

/**
 * The files of a test report that are the report: those that are called so or nothing in particular. Where every file is
 * called something else, all are: a report is not used twice by calling it a photo.
 */
export function reportFiles<T extends Pick<DocumentRef, 'role'>>(documents: readonly T[]): readonly T[] {
  const named = documents.filter(({ role }) => unspecific.includes(role));
  return named.length > 0 ? named : documents;
}
