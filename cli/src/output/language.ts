import type { Title } from '@carbon-ledger/core';
import type { Io } from '../io';

export type Language = keyof Title;

/** The language of the terminal: Chinese where its locale says so. */
export function languageOf(env: Io['env']): Language {
  return /^zh/i.test(env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '') ? 'zh' : 'en';
}

/** The language that a command line asks for, else that of the terminal. */
export function languageAsked(argv: readonly string[], env: Io['env']): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  return asked === 'zh' || asked === 'en' ? asked : languageOf(env);
}
