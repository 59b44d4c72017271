import { createContext, useContext } from 'react';
import type { Language, Words } from '../language/language';

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

export const LanguageContext = createContext<LanguageChoice>({ language: 'zh', choose: () => undefined });

export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext);
}

/** `t('记录', 'Records')`: both texts stand together, so that neither can be forgotten. */
export function useText(): (zh: string, en: string) => string {
  const { language } = useLanguage();
  return (zh, en) => (language === 'zh' ? zh : en);
}

export function useWords(): (words: Words) => string {
  const { language } = useLanguage();
  return (words) => words[language];
}
