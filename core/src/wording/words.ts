/** The two languages in which people read. Chinese is the language of the notices; English is complete. */
export type Language = 'zh' | 'en';

/** One text in both. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}
