import type { Words } from '../language/language';

export interface MenuItem {
  readonly href: string;
  readonly words: Words;
}

/** What everybody sees, signed in or not. */
export const publicMenu: readonly MenuItem[] = [
  { href: '/', words: { zh: '首页', en: 'Home' } },
  { href: '/check', words: { zh: '核验', en: 'Check' } },
  { href: '/records', words: { zh: '记录', en: 'Records' } },
  { href: '/trace', words: { zh: '溯源', en: 'Trace' } },
  { href: '/parties', words: { zh: '主体', en: 'Parties' } },
  { href: '/log', words: { zh: '日志', en: 'Log' } },
  { href: '/knowledge', words: { zh: '知识库', en: 'Knowledge' } },
];
