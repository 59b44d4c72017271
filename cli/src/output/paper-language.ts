import { LedgerError } from '@carbon-ledger/core';
import type { Language } from './language';

/** The language of a paper, as `--language` has it. @throws LedgerError USAGE for another */
export function paperLanguage(language: string): Language {
  if (language === 'zh' || language === 'en') return language;
  throw new LedgerError('USAGE', `--language ${language}: zh or en`);
}
