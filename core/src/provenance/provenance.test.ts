import { trialYear, type TrialYear } from '../../../test/support/trial-year';
import { enterprise } from '../../../test/support/trial-world';
import { build } from '../../../test/support/trial-world';
import { believedAt, businessKey, impactOfWithdrawal, parseFigureAddress, traceFigure, type Trace } from '..';

const plantEmission = `${enterprise.uscc}/PLANT/2024/annual-report#emission_tCO2`;
const labCarbon = `${enterprise.uscc}/U1/2024-03/test-report#Cad_pct`;
const trace = (year: TrialYear, address = plantEmission): Promise<Trace> =>
  traceFigure(year.world.ledger, parseFigureAddress(address));

describe('trace', () => {
  it("goes from the annual total down to a laboratory's carbon test, every step computed anew", async () => {
    const result = await trace(await trialYear());
    expect(result.status).toBe('intact');
    expect(result.value).toBe(String(Math.round(235496.63 * 12)));
    expect(result.nodes.map((node) => node.figure)).toContain(labCarbon);
    expect(result.edges).toContainEqual({
      from: labCarbon,
      to: `${enterprise.uscc}/U1/2024-03/monthly-evidence#Car_tC_t`,
    });
    for (const node of result.nodes) expect(node.recomputed ?? node.value).toBe(node.value);
  });

  it('lets others have their turn, every fifty figures', async () => {
    const { ledger } = (await trialYear()).world;
    let turns = 0;
    const turn = (): Promise<void> => Promise.resolve(void (turns += 1));
    const source = { head: ledger.head.bind(ledger), records: ledger.records.bind(ledger), turn };
    const { nodes } = await traceFigure(source, parseFigureAddress(plantEmission));
    expect([nodes.length > 50, turns]).toEqual([true, Math.floor(nodes.length / 50)]);
  });

  it('names the parameter where a store was tampered with', async () => {
    const year = await trialYear();
    const report = year.reports[2]!;
    year.world.ledger.tamper(report.id, (record) => ({
      ...record,
      figures: report.figures.map((figure) => (figure.name === 'Cad_pct' ? { ...figure, value: '59.38' } : figure)),
    }));
    const { status, breaks } = await trace(year);
    expect(status).toBe('broken');
    expect(breaks).toContainEqual(expect.objectContaining({ figure: labCarbon, step: 'figures-root' }));
    expect(breaks).toContainEqual({
      figure: `${enterprise.uscc}/U1/2024-03/monthly-evidence#Car_tC_t`,
      step: 'Car.measured',
      expected: '0.5357',
      got: '0.5628',
    });
  });

  it('is broken at a month that an authority returned, and whole again with its next version accepted', async () => {
    const year = await trialYear();
    const [january] = year.months;
    const reasons = [{ code: 'SAMPLING', text: '缺少采样记录' }];
    await year.world.anchor([year.world.review(january!, { decision: 'return', reasons })]);
    const result = await trace(year);
    expect(result.status).toBe('broken');
    expect(result.breaks.map(({ step }) => step)).toEqual(['open']);
    const node = result.nodes.find(({ record }) => record === january!.id);
    expect(node).toMatchObject({ status: 'open', state: 'RETURNED' });
  });

  it('tells a record whose bytes were changed', async () => {
    const year = await trialYear();
    year.world.ledger.tamper(year.plantReport.id, (record) => ({
      ...record,
      record: { ...record.record, version: 2 },
    }));
    expect((await trace(year)).breaks).toContainEqual(
      expect.objectContaining({ figure: plantEmission, step: 'record-hash' }),
    );
  });

  it('is broken at a sample that its laboratory withdrew, though no figure stands in it', async () => {
    const year = await trialYear();
    const receipt = year.reports[0]!.record.cites.find(({ role }) => role === 'sample-receipt')!;
    const sample = { id: receipt.record, key: receipt.key };
    year.world.ledger.tamper(sample.id, (record) => ({ ...record, status: 'withdrawn', state: 'WITHDRAWN' }));
    const result = await trace(year);
    expect(result.breaks).toEqual([{ figure: `${sample.key}#record`, step: 'withdrawn', expected: null, got: null }]);
  });

  it('sees that a record does not stand also where its figures are closed', async () => {
    const year = await trialYear();
    for (const record of [...year.reports, ...year.months])
      year.world.ledger.tamper(record.id, (one) => ({ ...one, figures: undefined }));
    const [report] = year.reports;
    year.world.ledger.tamper(report!.id, (one) => ({ ...one, status: 'withdrawn', state: 'WITHDRAWN' }));
    const { status, breaks } = await trace(year);
    expect([status, breaks.map(({ figure, step }) => [figure, step])]).toEqual([
      'broken',
      [[`${report!.key}#record`, 'withdrawn']],
    ]);
  });

  it('vouches for nothing that it did not look at: where figures are hidden it cannot tell', async () => {
    const year = await trialYear();
    for (const record of [...year.reports, ...year.months])
      year.world.ledger.tamper(record.id, (record) => ({ ...record, figures: undefined }));
    const result = await trace(year);
    expect(result.status).toBe('undecidable');
    expect(result.nodes.every((node) => !node.figure.includes('2024-'))).toBe(true);
    expect(result.hidden).toBe(1);
  });

  it('is broken, not undecidable, where one step breaks and another is hidden', async () => {
    const year = await trialYear();
    year.world.ledger.tamper(year.reports[0]!.id, (record) => ({ ...record, figures: undefined }));
    year.world.ledger.tamper(year.plantReport.id, (record) => ({
      ...record,
      record: { ...record.record, version: 2 },
    }));
    expect((await trace(year)).status).toBe('broken');
  });

  it('names unknown figures and keys', async () => {
    const year = await trialYear();
    await expect(trace(year, `${enterprise.uscc}/PLANT/2023/annual-report#emission_tCO2`)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(trace(year, `${enterprise.uscc}/PLANT/2024/annual-report#Cad_pct`)).rejects.toMatchObject({
      code: 'FIGURE_NOT_FOUND',
    });
  });
});

describe('impact of a withdrawal', () => {
  it('prices a withdrawn test report in tonnes', async () => {
    const year = await trialYear();
    const impact = await impactOfWithdrawal(year.world.ledger, year.reports[2]!.id);
    // March falls from 0.5628 to 21.496 × 0.03085 = 0.66315… tC/t, unrounded inside the emission: + 41,990.7 t.
    expect(impact.figures).toContainEqual(
      expect.objectContaining({
        figure: `${enterprise.uscc}/U1/2024-03/monthly-evidence#Car_tC_t`,
        now: '0.5628',
        then: '0.6632',
      }),
    );
    expect(impact.tonnes).toEqual({
      emission_tCO2: '41990',
      preallocation_tCO2: '0',
      allowance_tCO2: '0',
      gap_tCO2: '41990',
      allowancesToBuy_tCO2: '41990',
    });
    expect(impact.plants).toEqual([enterprise.uscc]);
  });

  it('tells what is lost where nothing can stand in for the record', async () => {
    const year = await trialYear();
    const impact = await impactOfWithdrawal(year.world.ledger, year.months[0]!.id);
    expect(impact.figures).toContainEqual(
      expect.objectContaining({
        figure: `${enterprise.uscc}/U1/2024/annual-report#emission_tCO2`,
        then: null,
        delta: null,
      }),
    );
    expect(impact.tonnes.emission_tCO2).toBeNull();
  });

  it('breaks the trace of everything above a withdrawn report', async () => {
    const year = await trialYear();
    const report = year.reports[2]!;
    const content = { reason: 'WITHDRAWN_BY_ISSUER', statement: 'instrument fault' };
    await year.world.anchor([
      build({
        type: 'revocation',
        kind: 'revocation.test-report',
        issuer: report.record.issuer,
        subject: report.record.subject,
        cites: { revoked: [report] },
        content,
      }),
    ]);
    expect((await trace(year)).breaks).toContainEqual(
      expect.objectContaining({ figure: labCarbon, step: 'withdrawn' }),
    );
  });
});

describe('a look back', () => {
  it('believes what was believed: nothing that came later, no state that was reached later', async () => {
    const year = await trialYear();
    const [january] = year.months;
    const before = await trace(year);
    const { ledger } = year.world;
    const instant = (await ledger.head(january!.key))!.anchoredAt;
    const later = instant.replace(/:\d\dZ$/, ':59Z');
    const reasons = [{ code: 'SAMPLING', text: '缺少采样记录' }];
    const review = year.world.review(january!, { decision: 'return', reasons });
    await year.world.anchor([review]);
    ledger.tamper(review.id, (record) => ({ ...record, anchoredAt: later }));
    const source = {
      head: (key: string) => ledger.head(key),
      records: (ids: readonly string[]) => ledger.records(ids),
      citedBy: (id: string) => ledger.citedBy(id),
      version: (key: string, version: number) =>
        Promise.resolve(ledger.all().find(({ record }) => businessKey(record) === key && record.version === version)),
    };
    const figure = parseFigureAddress(plantEmission);
    expect(await traceFigure(believedAt(source, instant), figure)).toEqual(before);
    expect((await traceFigure(believedAt(source, later), figure)).breaks.map(({ step }) => step)).toEqual(['open']);
    await expect(traceFigure(believedAt(source, '2000-01-01T00:00:00Z'), figure)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('prices a withdrawal, and tells that the record’s own tonnes are lost', async () => {
    const year = await trialYear();
    const report = await impactOfWithdrawal(year.world.ledger, year.reports[2]!.id, '81.25');
    expect(report.money).toEqual({ price: '81.25', of: 'allowancesToBuy_tCO2', change_CNY: '3411687.5', parties: [] });
    const plant = await impactOfWithdrawal(year.world.ledger, year.plantReport.id);
    expect(plant.tonnes.emission_tCO2).toBeNull();
    expect(plant).not.toHaveProperty('money');
  });
});
