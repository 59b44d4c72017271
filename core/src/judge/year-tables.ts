import { bucketOf, formatBusinessKey, parseBusinessKey } from '../identifiers';
import type { Fault } from '../errors';
import { businessKey, type LedgerRecord } from '../records';
import { isOfSector, type CitationRule } from '../rulebook';
import type { OverlayView } from '../state';
import { headEntry } from './heads';

/** Units under which the founding authority filed rules of a year, one bucket of heads each. */
async function sectorsOf(founder: string, year: string, view: OverlayView): Promise<string[]> {
  const sectors: string[] = [];
  for (let from = `${founder}/`; ;) {
    const found = await view.first('head', from, `${founder}0`);
    if (found === undefined) return sectors;
    const [, unit = '', of] = found.key.split('/');
    if (of === year) sectors.push(unit);
    from = `${found.key}\u0000`;
  }
}

async function standingTables(
  rule: CitationRule,
  { subject }: LedgerRecord,
  founder: string,
  view: OverlayView,
): Promise<string[]> {
  const period = subject.period.slice(0, 4);
  const { tables } = rule;
  const sectors = tables === 'all' ? await sectorsOf(founder, period, view) : [...new Set(tables)];
  const standing: string[] = [];
  for (const unit of sectors) {
    const table = { uscc: founder, unit, period };
    const head = await view.head(bucketOf(table), headEntry(table, 'parameter'));
    if (head !== undefined && head.s === undefined) standing.push(formatBusinessKey(table, 'parameter'));
  }
  return standing;
}

/**
 * A record that is due by the tables of the year names each of them that stands: when it was due is no choice of whoever files it.
 * They are those of the authority that founded the ledger; before it filed any, nobody can say when it was due.
 */
export async function yearTableFaults(
  record: LedgerRecord,
  rules: readonly CitationRule[],
  founder: string | undefined,
  view: OverlayView,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  if (founder === undefined) return faults;
  for (const rule of rules.filter(({ tables }) => tables !== undefined)) {
    const { role } = rule;
    const named = record.cites.filter((one) => one.role === role).map(({ key }) => parseBusinessKey(key).unit);
    const standing = await standingTables(rule, record, founder, view);
    for (const key of standing.filter((one) => !named.some((unit) => isOfSector(unit, parseBusinessKey(one).unit))))
      faults.push({
        path: '/cites',
        code: 'CITATION_MISSING',
        message: `${businessKey(record)} is due by ${key}, which stands: cite it as ${role}`,
        details: { role, key },
      });
  }
  return faults;
}
