import type { Story } from '../market';

/** A verifier finds a belt scale without a valid calibration; the enterprise cannot prove the month and estimates it. */
export const conservativeEstimate: Story = {
  title: 'a nonconformity that ends in a conservative estimate',
  tag: '01',
  play: async (market) => {
    const { months, unit, plant } = await market.reportedYear();
    const [month] = months;
    if (month === undefined) throw new Error('a year has months');
    const found = market.make('nonconformity', market.verifier.uscc, {
      kind: 'nonconformity.1',
      cites: { 'annual-report': [unit], evidence: [month] },
      content: {
        ...{ clause: '核算与报告指南 燃料消耗量', figure: 'coalConsumption_t', finding: '皮带秤未按期校验' },
        ...{ cause: '校验合同到期未续签', found: market.today, answerBy: market.today },
      },
    });
    await market.file(found);
    expect(await market.state('annual-report', unit)).toBe('NONCONFORMITY');
    expect(await market.refused(market.conclusion(unit))).toEqual(['STATE_CONFLICT /cites']);

    const estimate = market.make('nonconformity-response', market.enterprise.uscc, {
      kind: 'nonconformity-response.1',
      cites: {
        nonconformity: [found],
        'annual-report': [unit],
        evidence: [month],
        parameters: market.rules.parameters,
      },
      content: { outcome: 'conservative', measure: '未覆盖期间保守估算', calibration: 'late', meter: 'belt-scale' },
      figures: { uncovered_t: '80000.00' },
    });
    await market.file(estimate);
    expect(await market.state('nonconformity', found)).toBe('CONSERVATIVE');

    const before = unit.record.totals['emission_tCO2']?.value ?? '';
    const cites = { nonconformity: [found], 'conservative-estimate': [estimate] };
    const increase = Number(estimate.record.totals['increase_tCO2']?.value);
    const after = String(Math.round(Number(before) + increase));
    const row = { figure: 'emission_tCO2', before, after, same: false, reason: '不符合项1保守估算' };
    const changed = { result: 'changed', reason: '皮带秤未按期校验', confirmed: [row] };
    const conclusion = market.conclusion(unit, changed, cites);
    await market.file(conclusion);
    expect(conclusion.record.totals['verifiedEmission_tCO2']).toMatchObject({
      value: after,
      formula: 'E.verified.conservative',
    });
    expect(await market.state('nonconformity', found)).toBe('CLOSED');

    const same = market.conclusion(plant, {}, { 'unit-conclusion': [conclusion] });
    expect(await market.refused(same)).toEqual(['RULE_REFUSED /content/confirmed']);
    const ofPlant = { ...row, reason: '机组核查变更' };
    const stated = market.conclusion(
      plant,
      { ...changed, confirmed: [ofPlant] },
      { 'unit-conclusion': [conclusion] },
      1,
      { verifiedEmission_tCO2: after },
    );
    await market.file(stated);
    expect(await market.state('annual-report', plant)).toBe('CONCLUDED');
  },
};
