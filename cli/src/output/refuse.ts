import type { LedgerError } from '@carbon-ledger/core';
import type { Context } from '../context';
import { languageOf, type Language } from './language';
import { exitCodes, formatProblem, problemDocument, problemWords } from './problem';

/** A file with faults is an answer (no), so it goes to stdout with `--json`; for people it is a message like any other. */
export async function refuse(
  context: Context,
  error: LedgerError,
  language: Language = languageOf(context.io.env),
): Promise<number> {
  if (context.output.json) context.output.result({ status: 'refused', ...problemDocument(error) }, () => '');
  else context.output.note(formatProblem(error, await problemWords(language)));
  return exitCodes.no;
}
