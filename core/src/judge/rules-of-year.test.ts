import { recordOf, someParties, type RecordWords } from '../rulebook/testing/bench';
import { businessKey, type Citation, type LedgerRecord, type RecordType } from '../records';
import { cite, citing, rule, Shelf } from './testing/shelf';

const { lab } = someParties;

let shelf: Shelf;
beforeEach(() => {
  shelf = new Shelf();
});

describe('the rules by which a record is computed', () => {
  const rules = [
    rule({ role: 'methodology', type: 'methodology' }),
    rule({ role: 'parameters', type: 'parameter' }),
    rule({ min: 0 }),
  ];
  const subject = (unit: string): RecordWords => ({ subject: { uscc: lab, unit } });

  it('are a methodology and the parameters of one sector', async () => {
    const [power, values, steel] = [
      await shelf.put('methodology', subject('POWER')),
      await shelf.put('parameter', subject('POWER')),
      await shelf.put('parameter', subject('STEEL')),
    ];
    expect(await shelf.told(citing([cite('methodology', power), cite('parameters', values)]), rules)).toEqual([]);
    expect(await shelf.told(citing([cite('methodology', power), cite('parameters', steel)]), rules)).toEqual([
      'CITATION_MISMATCH /cites',
    ]);
  });

  /** A record that is computed by a methodology, or reads parameters alone, and stands. */
  const computed = async (type: RecordType, unit: string, named: Citation, period?: string): Promise<LedgerRecord> => {
    const words = { subject: { unit, ...(period === undefined ? {} : { period }) } };
    const record = { ...recordOf(type, words), cites: [named] };
    shelf.records.push(record);
    await shelf.stand(record, {});
    return record;
  };
  const any = [
    rule({ role: 'methodology', type: 'methodology', min: 0 }),
    rule({ role: 'parameters', type: 'parameter', min: 0 }),
    rule({ type: 'any', min: 0, max: 9 }),
  ];
  const sector = async (unit: string): Promise<{ by: Citation; of: Citation }> => ({
    by: cite('methodology', await shelf.put('methodology', subject(unit))),
    of: cite('parameters', await shelf.put('parameter', subject(unit))),
  });

  it('are those of a unit’s other records of the year', async () => {
    const [power, steel] = [await sector('POWER'), await sector('STEEL')];
    const bySteel = await computed('quality-control-plan', 'U7', steel.by);
    expect(await shelf.told(citing([power.by, power.of, cite('plan', bySteel)]), any)).toEqual([
      'CITATION_MISMATCH /cites',
    ]);
    expect(await shelf.told(citing([steel.by, steel.of, cite('plan', bySteel)]), any)).toEqual([]);
  });

  it('are for a plant those of one of its units, which may be of two sectors', async () => {
    const [power, gas, steel] = [await sector('POWER'), await sector('POWER-GAS'), await sector('STEEL')];
    const units = [await computed('annual-report', 'U1', power.by), await computed('annual-report', 'U2', gas.by)];
    const plantBy = (rules: typeof power, of = units): Promise<string[]> =>
      shelf.told(
        citing([rules.by, rules.of, ...of.map((one) => cite('plan', one))], { subject: { unit: 'PLANT' } }),
        any,
      );
    expect(await plantBy(power)).toEqual([]);
    expect(await plantBy(gas)).toEqual([]);
    expect(await plantBy(steel)).toEqual(['CITATION_MISMATCH /cites']);
    expect(await plantBy(steel, [])).toEqual([]);
  });

  it('are for a plant those of its own records of the year, whatever its units are computed by', async () => {
    const [power, gas] = [await sector('POWER'), await sector('POWER-GAS')];
    const report = await computed('annual-report', 'PLANT', power.by);
    const earlier = await computed('verification-conclusion', 'PLANT', gas.by, '2023');
    const unit = await computed('annual-report', 'U2', gas.by);
    const cites = [report, unit, earlier].map((one) => cite('plan', one));
    const words: RecordWords = { subject: { unit: 'PLANT' } };
    expect(await shelf.told(citing([gas.by, gas.of, ...cites], words), any)).toEqual(['CITATION_MISMATCH /cites']);
    const plant = cites.filter((one) => one.key !== businessKey(unit));
    expect(await shelf.told(citing([power.by, power.of, ...plant], words), any)).toEqual([]);
  });

  it('are asked of a record that reads parameters alone, and of what is so cited', async () => {
    const [power, steel] = [await sector('POWER'), await sector('STEEL')];
    const report = await computed('annual-report', 'PLANT', power.by);
    const application = await computed('offset-application', 'PLANT', power.of);
    for (const cited of [report, application]) {
      const reading = (rules: typeof power): Promise<string[]> =>
        shelf.told(citing([rules.of, cite('plan', cited)], { subject: { unit: 'PLANT' } }), any);
      expect(await reading(power)).toEqual([]);
      expect(await reading(steel)).toEqual(['CITATION_MISMATCH /cites']);
    }
  });

  it('are of the sector for which the enterprise is listed, or of a part of it', async () => {
    const [power, gas, steel] = [await sector('POWER'), await sector('POWER-GAS'), await sector('STEEL')];
    const { uscc, period } = recordOf('annual-report').subject;
    const list = (...said: readonly (readonly [sector: string, listed: boolean])[]): void => {
      const words = said.map(([of, listed]) => ({ listed, sector: of, r: '0' }));
      shelf.view.put('listed', `${uscc}/${period.slice(0, 4)}`, { said: words });
    };
    const toldBy = ({ by, of }: typeof power): Promise<string[]> => shelf.told(citing([by, of]), any);
    const all = async (): Promise<string[][]> => [await toldBy(power), await toldBy(gas), await toldBy(steel)];
    const refused = ['CITATION_MISMATCH /cites'];
    expect(await all()).toEqual([[], [], []]);
    list(['POWER', true]);
    expect(await all()).toEqual([[], [], refused]);
    // Its mill is on the list of steel as well.
    list(['POWER', true], ['STEEL', true]);
    expect(await all()).toEqual([[], [], []]);
    list(['POWER', true], ['STEEL', true], ['POWER', false], ['STEEL', true]);
    expect(await all()).toEqual([refused, refused, []]);
    // It leaves the list of steel, and stays on that of power.
    list(['POWER', true], ['STEEL', true], ['STEEL', false]);
    expect(await all()).toEqual([[], [], refused]);
    list(['POWER', true], ['POWER', false]);
    expect(await all()).toEqual([[], [], []]);
  });
});
