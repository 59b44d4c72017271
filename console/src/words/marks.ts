import { titleOfRecord, type Mark } from '@carbon-ledger/core';
import type { Language } from '../language/language';

/** The mark with the record that it comes from called by its title: nobody who reads a page knows a business key. */
export function titledMark(mark: Mark, language: Language): Mark {
  return mark.by?.includes('/') === true ? { ...mark, by: titleOfRecord(mark.by, language) } : mark;
}
