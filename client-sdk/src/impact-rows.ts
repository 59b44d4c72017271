import { LedgerError } from '@carbon-ledger/core';
import { readJsonLines } from './event-stream';
import { impactRow, type ImpactRow } from './routes';

/**
 * The rows of an impact, as they come.
 * @throws LedgerError UNREACHABLE where it ends without its last row, the whole; BAD_ANSWER
 */
export async function* impactRows(response: Response): AsyncGenerator<ImpactRow, void, undefined> {
  for await (const line of readJsonLines(response)) {
    const { data } = impactRow.safeParse(line);
    if (data === undefined) throw new LedgerError('BAD_ANSWER', 'A line of the answer is no row of an impact.');
    yield data;
    if ('whole' in data) return;
  }
  throw new LedgerError('UNREACHABLE', 'The answer breaks off before its end: what came is not the whole.');
}
