import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { isLedgerError } from '@carbon-ledger/core/errors';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import type { Service } from '../service/service';
import { stands } from './stands';

/** How a record stands now; only its id where the ledger that was asked does not hold it. */
type RecordStanding = Pick<AnchoredRecordView, 'key' | 'status' | 'state' | 'doubts'> & {
  readonly record: string;
};

export interface AskedStanding {
  readonly standing: readonly (RecordStanding | { readonly record: string; readonly status: 'unknown' })[];
}

async function standingOf(service: Service, id: string): Promise<AskedStanding['standing'][number]> {
  try {
    const { key, status, state, doubts } = await service.record(id);
    return { record: id, key, status, state, ...(doubts === undefined ? {} : { doubts }) };
  } catch (error) {
    if (isLedgerError(error) && error.code === 'NOT_FOUND') return { record: id, status: 'unknown' };
    throw error;
  }
}

/**
 * A proof passes for ever: whether the records that it is about still stand, the service is asked where that is wanted.
 * @throws LedgerError UNREACHABLE
 */
export async function askStanding(context: Context, ids: readonly string[]): Promise<AskedStanding> {
  const service = await context.service();
  const standing: AskedStanding['standing'][number][] = [];
  for (const id of new Set(ids)) {
    context.io.signal.throwIfAborted();
    standing.push(await standingOf(service, id));
  }
  return { standing };
}

/** 1 where one does not stand or is in doubt, 3 where one is not known. */
export function exitCodeOfStanding({ standing }: AskedStanding): number {
  if (standing.some((one) => one.status !== 'unknown' && !stands(one))) return exitCodes.no;
  return standing.every(({ status }) => status !== 'unknown') ? exitCodes.yes : exitCodes.cannotTell;
}

const NOT_ASKED =
  'standing: not asked 未查询现状 (a proof passes for ever; --standing asks whether its record still stands)';
const STANDS = 'standing: still stands 现行有效';

/** What is told of standing under a verdict; of those that stand how many, of the others each. */
export async function formatStanding(asked: AskedStanding | undefined): Promise<string[]> {
  if (asked === undefined) return [NOT_ASKED];
  const fallen = asked.standing.filter((one) => one.status === 'unknown' || !stands(one));
  return fallen.length === 0 ? [STANDS] : Promise.all(fallen.map(lineOf));
}

async function lineOf(one: AskedStanding['standing'][number]): Promise<string> {
  if (one.status === 'unknown') return `standing: not known 无法判定: this ledger does not hold ${one.record}`;
  const doubts = (one.doubts ?? []).join(', ');
  // The words of states are all lifecycles: loaded for what does not stand, not for a receipt that passes.
  const { formatState } = await import('./standing.js');
  const how = one.status === 'current' ? `in doubt 存疑 (${doubts})` : `does not stand 已失效 (${one.status})`;
  return plainText(`standing: ${how}: ${one.key}, ${formatState(one)}`);
}
