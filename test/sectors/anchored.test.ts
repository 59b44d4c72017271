import {
  balanceInputsOf,
  type BuiltRecord,
  formatDecimal,
  methodologySchema,
  parseDecimal,
  parseFigureAddress,
  shelvedRules,
  solveBalanceValue,
  traceFigure,
} from '@carbon-ledger/core';
import {
  buildPlan,
  parseSectorYear,
  planLedgerOf,
  planSectorYear,
  previewRuleChange,
  type SectorYear,
} from '@carbon-ledger/plant-year';
import { trialSalts } from '@carbon-ledger/plant-year/trial';
import { figure, SectorWorld } from './world';
import { buildYear, marketOf, readSample } from './years';

const sectors = ['cement', 'steel', 'aluminium'];

describe.each(sectors)('a year of %s', (sector) => {
  const address = ({ enterprise }: SectorYear, what: string): string => `${enterprise.uscc}/PLANT/2024/${what}`;

  it('is anchored record by record, and what is to be surrendered is computed anew down to what the enterprise stated', async () => {
    const world = await SectorWorld.open(readSample(`${sector}-2024`));
    const records = world.build(world.file);
    await world.anchor(records);
    const due = address(world.file, 'surrender#allowancesToSurrender_tCO2');
    const trace = await traceFigure(world.ledger, parseFigureAddress(due));
    expect(trace).toMatchObject({ status: 'intact', breaks: [], hidden: 0 });
    expect(trace.nodes.length).toBeGreaterThan(24);
    expect(Number(trace.value)).toBeGreaterThan(100_000);
    // The rule of 2024: what was verified is given, so nothing is to be bought.
    const verified = figure(records, 'PLANT/2024/verification-conclusion#verifiedEmission_tCO2');
    expect(figure(records, 'PLANT/2024/allowance-issuance#allowance_tCO2')).toBe(verified);
    expect(figure(records, 'PLANT/2024/surrender#allowancesToBuy_tCO2')).toBe('0');
    expect(trace.value).toBe(verified);
  });

  it('is given another amount where the verifier changed what was reported, and says so at its place', async () => {
    const world = await SectorWorld.open(readSample(`${sector}-2024`));
    const { units, plant } = world.file;
    const records = world.build(world.file);
    const change = (unit: string): object => {
      const reported = figure(records, `${unit}/2024/annual-report#emission_tCO2`);
      const verified = formatDecimal(parseDecimal(reported).plus(1234), 0);
      return { result: 'changed', reason: '燃料计量校准', reported, verified };
    };
    const changed = parseSectorYear({
      ...world.file,
      units: [{ ...units[0], conclusion: change(units[0]!.id) }, ...units.slice(1)],
      plant: { ...plant, conclusion: change('PLANT') },
    });
    const again = world.build(changed);
    await world.anchor(again);
    const before = figure(records, 'PLANT/2024/allowance-issuance#allowance_tCO2');
    const after = figure(again, 'PLANT/2024/allowance-issuance#allowance_tCO2');
    expect(formatDecimal(parseDecimal(after).minus(before), 0)).toBe('1234');
  });

  it('is refused where the year of a unit leaves a month out', async () => {
    const world = await SectorWorld.open(readSample(`${sector}-2024`));
    const [unit] = world.file.units;
    const { '2024-07': left, ...months } = unit!.months;
    expect(left).toBeDefined();
    const file = { ...world.file, units: [{ ...unit!, months }, ...world.file.units.slice(1)] };
    const refused = await world.submit(world.build(file));
    expect(JSON.stringify(refused)).toContain('R-L15');
  });
});

describe('a second year of the same enterprise', () => {
  it('is held to the year before: the conclusion says by how much the emissions changed', async () => {
    const before = readSample('cement-2024');
    const world = await SectorWorld.open(before);
    const first = world.build(before);
    await world.anchor(first);
    const file = readSample('cement-2025');
    const standing = new Map(first.map((built) => [built.key, built]));
    const reason = '产量变化';
    const explained = parseSectorYear({ ...file, plant: { ...file.plant, conclusion: { yearReason: reason } } });
    const market = marketOf(file);
    const second = buildYear(explained, market, (key) => standing.get(key));
    await world.anchor([market.methodology, market.parameters, ...second]);
    const [conclusion] = second.filter(({ key }) => key.endsWith('/PLANT/2025/verification-conclusion'));
    const [a, b] = [figure(first, 'PLANT/2024/verification-conclusion#verifiedEmission_tCO2'), conclusion!].map((one) =>
      parseDecimal(typeof one === 'string' ? one : one.record.totals['verifiedEmission_tCO2']!.value),
    );
    const percent = formatDecimal(b!.div(a!).minus(1).times(100), 2);
    expect(conclusion!.record.content['yearChange']).toEqual({ percent, reason });
    expect(conclusion!.record.cites.map(({ role }) => role)).toContain('last-conclusion');
    // One that stands without it is left as it is.
    const alone = buildYear(file, marketOf(file));
    const all = new Map([...standing, ...alone.map((built) => [built.key, built] as const)]);
    const plan = planSectorYear(file, planLedgerOf(marketOf(file)));
    const { already } = buildPlan(plan, marketOf(file), { salts: trialSalts, anchored: (key) => all.get(key) });
    expect(already.filter(({ same }) => !same)).toEqual([]);
  });
});

describe('a product footprint', () => {
  it('is the sum of its stages, each traced to its factor on the ledger', async () => {
    const world = await SectorWorld.open(readSample('battery-2024'));
    const records = world.build(world.file);
    await world.anchor(records);
    const [unit] = world.file.units;
    const address = `${world.file.enterprise.uscc}/${unit!.id}/2024/annual-report#footprint_kg_kWh`;
    const trace = await traceFigure(world.ledger, parseFigureAddress(address));
    expect(trace).toMatchObject({ status: 'intact', breaks: [], hidden: 0 });
    const addresses = trace.nodes.map((node) => JSON.stringify(node));
    for (const factor of ['EF.graphite', 'energy.electricity', 'EF.diesel', 'EF.hydrometallurgy'])
      expect(addresses.some((node) => node.includes(factor))).toBe(true);
    const stages = ['material', 'production', 'distribution', 'end'].map((stage) =>
      parseDecimal(figure(records, `${unit!.id}/2024/annual-report#${stage}Footprint_kg_kWh`)),
    );
    expect(stages.reduce((sum, stage) => sum.plus(stage)).toFixed(4)).toBe(trace.value);
  });
});

describe.each(sectors)('a year of %s by a balance value', (sector) => {
  it('waits for it after it was verified, and is determined by the distance once it stands', async () => {
    const world = await SectorWorld.open(readSample(`${sector}-2025`));
    const verified = world.build(world.file);
    expect(verified.filter(({ key }) => /allowance|surrender/.test(key))).toEqual([]);
    await world.anchor(verified);
    const [intensity] = verified.flatMap(({ record }) =>
      record.type === 'annual-report' ? (record.totals['intensity_tCO2_t']?.value ?? []) : [],
    );
    // Ten percent better than the balance value: X = 1/11 of it, and 0.15 of that is added.
    const value = formatDecimal(parseDecimal(intensity!).times('1.1'), 4);
    await world.fileValue('BP', { value, unit: 'tCO2/t', source: '平衡值' });
    const rest = world.buildRest(world.file);
    await world.anchor(rest);
    const emission = figure(rest, 'PLANT/2025/allowance-issuance#verifiedEmission_tCO2');
    const allowance = figure(rest, 'PLANT/2025/allowance-issuance#allowance_tCO2');
    const share = parseDecimal(allowance).div(emission).minus(1);
    expect(share.toFixed(4)).toBe('0.0136');
    expect(rest.map(({ record }) => record.type)).toContain('surrender');
    // What another slope would give: the balance value stands in no folder, and is taken as it is anchored.
    const { methodology, parameters } = shelvedRules(world.file.methodology, '2025');
    const slope = { ...parameters.values['slope']!, value: '0.2' };
    const steeper = { methodology, parameters: { ...parameters, values: { ...parameters.values, slope } } };
    const all = [world.market.methodology, world.market.parameters, ...verified, ...rest];
    const { changes, hidden } = previewRuleChange(all, { methodology, parameters }, steeper);
    expect(hidden).toEqual([]);
    const given = {
      figure: 'allowance_tCO2',
      before: allowance,
      after: expect.not.stringMatching(allowance) as string,
    };
    expect(changes).toContainEqual(
      expect.objectContaining({ record: `${world.file.enterprise.uscc}/PLANT/2025/allowance-issuance`, ...given }),
    );
  });

  it('is solved over what was verified, whoever reads the ledger without private figures', async () => {
    const world = await SectorWorld.open(readSample(`${sector}-2025`));
    const records = world.build(world.file);
    const { balance } = methodologySchema.parse(world.market.methodology.record.content);
    const open = records.map((built) => ({ ...built, figures: [] }));
    const of = (type: string): BuiltRecord[] => open.filter(({ record }) => record.type === type);
    const inputs = balanceInputsOf(balance!, of('annual-report'), of('verification-conclusion'));
    expect(inputs).toHaveLength(1);
    // Of one enterprise alone, the balance value is its own intensity.
    expect(solveBalanceValue(inputs, balance!)).toMatchObject({ value: inputs[0]!.intensity, remainder: '0.00' });
    expect(balanceInputsOf(balance!, of('annual-report'), [])).toEqual([]);
  });

  it('is not determined without what its methodology asks', async () => {
    const world = await SectorWorld.open(readSample(`${sector}-2025`));
    await world.anchor(world.build(world.file));
    await world.fileValue('BP', { value: '1.0000', unit: 'tCO2/t', source: '平衡值' });
    const told = async (change: (record: BuiltRecord['record']) => object): Promise<string> => {
      const rest = world.buildRest(world.file);
      const issuance = rest.find(({ record }) => record.type === 'allowance-issuance')!;
      const record = { ...issuance.record, ...change(issuance.record) };
      return JSON.stringify(await world.submit([{ ...issuance, record }]));
    };
    const without = ({ cites }: BuiltRecord['record']): object => ({
      cites: cites.filter(({ role }) => role !== 'annual-report'),
    });
    expect(await told(without)).toContain('CITATION_MISSING');
    const state =
      (lineState: string) =>
      ({ content }: BuiltRecord['record']) => ({ content: { ...content, lineState } });
    expect(await told(state('asleep'))).toContain('/content/lineState');
    expect(await told(({ content }) => ({ content: { ...content, mood: 'good' } }))).toContain('/content/mood');
  });
});

describe('what a methodology asks of a plan', () => {
  it('is named field by field where it is missing or is none of its choices', async () => {
    const world = await SectorWorld.open(readSample('cement-2024'));
    const [unit] = world.file.units;
    const plans = [{ lineName: '1号窑', clinkerKind: 'pottery', capacity: '五千', colour: 'grey' }, {}];
    const found: string[][] = [];
    for (const plan of plans) {
      const records = world.build({ ...world.file, units: [{ ...unit!, plan: plan }] });
      const own = records.filter(({ record }) => !['monthly-evidence', 'annual-report'].includes(record.type));
      const refused = JSON.stringify(await world.submit(own));
      found.push(
        ['lineName', 'clinkerKind', 'capacity', 'colour'].filter((name) => refused.includes(`/content/${name}`)),
      );
    }
    expect(found).toEqual([
      ['clinkerKind', 'capacity', 'colour'],
      ['lineName', 'clinkerKind', 'capacity'],
    ]);
  });
});
