import type { Language } from '../../../core/src/wording/words';

export type { Language, Words } from '../../../core/src/wording/words';

/** What of the browser decides: the address asks first, then what was chosen before, then the browser's own language. */
export interface LanguageSource {
  /** Query of the address, `?lang=en`. */
  readonly search: string;
  readonly chosen: string | null;
  readonly browser: string;
}

const STORED = 'language';

function isLanguage(value: string | null): value is Language {
  return value === 'zh' || value === 'en';
}

export function languageOf({ search, chosen, browser }: LanguageSource): Language {
  const asked = new URLSearchParams(search).get('lang');
  if (isLanguage(asked)) return asked;
  if (isLanguage(chosen)) return chosen;
  return browser === '' || browser.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Storage may be forbidden; the page works without. */
function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

export function currentLanguage(): Language {
  return languageOf({ search: location.search, chosen: stored(), browser: navigator.language });
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Then it holds for this page only.
  }
}

/** Value of the `lang` attribute. */
export function languageTag(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en';
}
