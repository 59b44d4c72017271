import type { Fault } from '../errors';
import { bucketOf, formatBusinessKey } from '../identifiers';
import type { LedgerRecord } from '../records/record';
import type { LedgerView } from '../state/view';

/** A nonconformity that stands in a unit's year, with its state and the head of its response. */
interface Standing {
  readonly key: string;
  readonly record: string;
  readonly state: string;
  readonly response: string | undefined;
}

/** Every nonconformity of a subject and year that was not withdrawn, in the order of keys: what is not there can be seen. */
async function standingNonconformities({ subject }: LedgerRecord, state: LedgerView): Promise<Standing[]> {
  const heads = (await state.get('head', bucketOf(subject))) ?? {};
  const prefix = `${subject.period}/nonconformity.`;
  const found: Standing[] = [];
  for (const [entry, head] of Object.entries(heads).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!entry.startsWith(prefix) || head.s === 'w') continue;
    const number = entry.slice(prefix.length);
    const key = formatBusinessKey(subject, `nonconformity.${number}`);
    const { s } = (await state.get('case', `nonconformity/${key}`)) ?? { s: '-' };
    const response = heads[`${subject.period}/nonconformity-response.${number}`];
    found.push({ key, record: `rec:${head.r}`, state: s, response: response && `rec:${response.r}` });
  }
  return found;
}

function fault(message: string, details: Record<string, unknown>, code: Fault['code'] = 'STATE_CONFLICT'): Fault {
  return { path: '/cites', code, message, details: { rule: 'R-L37', ...details } };
}

/** R-L37: no conclusion while a nonconformity is open; every one with its response is cited, and so closed. */
export async function nonconformityFaults(record: LedgerRecord, state: LedgerView): Promise<Fault[]> {
  const cited = new Set(record.cites.map(({ record: id }) => id));
  return (await standingNonconformities(record, state)).flatMap((one) => {
    if (one.state === 'RAISED' || one.state === 'OPEN') {
      const message = `R-L37: ${one.key} is ${one.state}: the enterprise answers it first, or its verifier withdraws it`;
      return [fault(message, { key: one.key, state: one.state })];
    }
    const missing = [one.record, one.response].filter((id) => id !== undefined && !cited.has(id));
    if (missing.length === 0) return [];
    return [fault(`R-L37: ${one.key} is cited with its response`, { key: one.key, missing }, 'CITATION_MISSING')];
  });
}
