import fc from 'fast-check';
import { parseDecimal } from '../decimal';
import { buildRecord, derivedSalts, type BuiltRecord, type RecordDraft } from '../rulebook';
import { someParties } from '../rulebook/testing/bench';
import { exampleOf } from '../rulebook/testing/content-table';
import { smallYear } from '../rulebook/testing/small-year';
import { dependents } from './downstream';
import { impactOfWithdrawal } from './impact';
import { impactByParty, type PartyImpact, type WholeImpact } from './impact-by-party';
import { ShelfSource } from './testing/shelf-source';

const { lab } = someParties;
const salts = derivedSalts(new Uint8Array(32));
const enterprises = ['91310000MA1FAKE01Q', '91310000MA1FAKE02M', '91310000MA1FAKE03H', '91310000MA1FAKE04C'];

const build = (draft: Partial<RecordDraft> & Pick<RecordDraft, 'type'>): BuiltRecord =>
  buildRecord(
    { issuer: lab, subject: { uscc: lab, unit: 'U1', period: '2024-01' }, content: exampleOf(draft.type), ...draft },
    salts,
  );

const factor = build({
  type: 'test-report',
  issuer: lab,
  subject: { uscc: lab, unit: 'U9', period: '2024-01' },
  figures: { Cad_pct: '60.00' },
});

/** Months of enterprises that all take one laboratory's figure, some of them that of a month of another besides. */
function market(
  plan: readonly { readonly at: number; readonly fuel: number; readonly beside: boolean }[],
): BuiltRecord[] {
  const rules = { methodology: [smallYear.methodology] };
  const built: BuiltRecord[] = [smallYear.methodology, factor];
  for (const [index, { at, fuel, beside }] of plan.entries()) {
    const uscc = enterprises[at % enterprises.length] ?? '';
    const subject = { uscc, unit: `U${String(index + 1)}`, period: '2024-01' };
    const report = build({ type: 'test-report', subject: { ...subject, unit: `R${String(index)}` } });
    const month = build({
      type: 'monthly-evidence',
      ...{ issuer: uscc, subject, figures: { fuel_t: `${String(fuel)}.00` } },
      cites: { ...rules, 'test-report': [factor] },
    });
    const earlier = built.filter(({ record }) => record.type === 'monthly-evidence').at(-1);
    const months = beside && earlier !== undefined ? [month, earlier] : [month];
    const annual = build({
      type: 'annual-report',
      ...{ issuer: uscc, subject: { ...subject, period: '2024' } },
      cites: { ...rules, 'monthly-evidence': months },
    });
    built.push(report, month, annual);
  }
  return built;
}

async function told(
  shelf: ShelfSource,
  id: string,
  price?: string,
): Promise<{ rows: PartyImpact[]; whole: WholeImpact }> {
  const rows: PartyImpact[] = [];
  let whole: WholeImpact | undefined;
  for await (const row of impactByParty(shelf, id, price)) {
    if ('whole' in row) whole = row.whole;
    else rows.push(row);
  }
  if (whole === undefined) throw new Error('it was not told to its end');
  return { rows, whole };
}

const plans = fc.array(fc.record({ at: fc.nat(3), fuel: fc.integer({ min: 1, max: 999 }), beside: fc.boolean() }), {
  maxLength: 10,
});

describe('the impact party by party', () => {
  it('comes to what it comes to at once, each figure and record in one row', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const shelf = new ShelfSource(market(plan));
        const { rows, whole } = await told(shelf, factor.id, '90');
        const once = await impactOfWithdrawal(shelf, factor.id, '90');
        const sum = (of: (row: PartyImpact) => number): number => rows.reduce((total, row) => total + of(row), 0);
        expect(sum(({ records }) => records)).toBe(once.records.length);
        expect(sum(({ figures }) => figures)).toBe(once.figures.length);
        expect(sum(({ falls }) => falls)).toBe(once.records.filter(({ falls }) => falls).length);
        expect(sum(({ lost }) => lost)).toBe(once.figures.filter(({ then }) => then === null).length);
        expect(whole).toMatchObject({
          records: once.records.length,
          figures: once.figures.length,
          parties: sum(({ parties }) => parties.length),
        });
        const parties = rows.flatMap((row) => row.parties);
        expect(new Set(parties).size).toBe(parties.length);
      }),
      { numRuns: 60 },
    );
  });

  it('tells parties whose records hang together in one row, and others each in its own', async () => {
    const months = [0, 1, 2].map((at) => ({ at, fuel: 100, beside: at === 1 }));
    const { rows } = await told(new ShelfSource(market(months)), factor.id);
    const [first, second, third] = enterprises;
    expect(rows.slice(1).map(({ parties }) => [...parties].sort())).toEqual([[first, second].sort(), [third]]);
  });

  it('reads of a party what is about it, and nothing of those that it has told', async () => {
    const shelf = new ShelfSource(market(enterprises.map((_, at) => ({ at, fuel: 10, beside: false }))));
    const told = impactByParty(shelf, factor.id);
    await told.next();
    await told.next();
    const asked = new Set(shelf.asked.flat());
    const about = shelf.all().filter(({ id, record }) => asked.has(id) && enterprises.includes(record.subject.uscc));
    expect(new Set(about.map(({ record }) => record.subject.uscc)).size).toBeLessThanOrEqual(1);
    await told.return();
  });

  it('reads of a piece each record once', async () => {
    const shelf = new ShelfSource(market(enterprises.map((_, at) => ({ at, fuel: 10, beside: at === 1 }))));
    for await (const row of impactByParty(shelf, factor.id)) expect(row).toBeDefined();
    const asked = shelf.asked.flat();
    const about = shelf.all().filter(({ record }) => enterprises.includes(record.subject.uscc));
    for (const { id } of about) expect([id, asked.filter((one) => one === id).length <= 1]).toEqual([id, true]);
  });

  it('adds up what can be computed, and counts what cannot', async () => {
    const { evidence } = smallYear.months[0] ?? {};
    if (evidence === undefined) throw new Error('the year has a month');
    const shelf = new ShelfSource(smallYear.all);
    const { rows, whole } = await told(shelf, evidence.id);
    const once = await impactOfWithdrawal(shelf, evidence.id);
    for (const [name, { change_t, unknown }] of Object.entries(whole.tonnes)) {
      const values = rows.map(({ tonnes }) => tonnes[name as keyof typeof tonnes]);
      expect(unknown).toBe(values.filter((value) => value === null).length);
      const known = values.filter((value) => value !== null);
      expect(parseDecimal(change_t).eq(known.reduce((sum, value) => sum.plus(value), parseDecimal('0')))).toBe(true);
    }
    expect(rows.map(({ figures }) => figures)).toEqual([once.figures.length]);
  });

  it('is asked of nothing that is not anchored', async () => {
    const asked = impactByParty(new ShelfSource(smallYear.all), `rec:${'0'.repeat(64)}`).next();
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('tells of a record on which nothing rests that nothing does', async () => {
    const { rows, whole } = await told(new ShelfSource(smallYear.all), smallYear.annual.id);
    expect(whole).toMatchObject({ record: smallYear.annual.id, key: smallYear.annual.key, records: 0 });
    expect(rows).toHaveLength(1);
  });

  it('is what is left where too many rest on a record for one answer: none is left out in silence', async () => {
    const shelf = new ShelfSource(market([0, 1, 2].map((at) => ({ at, fuel: 1, beside: false }))));
    expect(await dependents(shelf, factor.id, 6)).toHaveLength(6);
    await expect(dependents(shelf, factor.id, 5)).rejects.toMatchObject({
      code: 'TOO_WIDE',
      details: { record: factor.id },
    });
  });
});
