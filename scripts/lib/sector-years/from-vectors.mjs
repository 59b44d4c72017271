// Fictitious years of the other sectors, from a vector of each sector's folder: the same amounts, moved a little each month.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../prepare.mjs';
import { monthsOf as monthNames, randomOf } from './chance.mjs';
import { deadlineOf, enterpriseOf, verifierOf } from './enterprise.mjs';

/** A vector of the folder of 2024 serves for later years too: what is measured did not change, what is allocated did. */
const vectorsOf = '2024';
const reportYears = ['2024', '2025'];

const years = [
  {
    sector: 'cement',
    methodology: 'CN-ETS-CEMENT',
    vector: 'Portland clinker with carbide slag',
    code: '91340000MA0CEMEN1',
    name: '（虚构）皖南水泥有限公司',
    region: '340100',
    product: '水泥熟料',
  },
  {
    sector: 'steel',
    methodology: 'CN-ETS-STEEL',
    vector: 'Every process, the captive power unit and the enterprise',
    code: '91130000MA0GANGT1',
    name: '（虚构）冀东钢铁有限公司',
    region: '130200',
    product: '钢铁生产',
  },
  {
    sector: 'aluminium',
    methodology: 'CN-ETS-ALUMINIUM',
    vector: 'All measured',
    code: '91370000MA0ALUMN1',
    name: '（虚构）鲁北铝业有限公司',
    region: '370100',
    product: '铝冶炼',
  },
  {
    sector: 'battery',
    methodology: 'CN-PCF-BATTERY',
    vector: 'A month of iron phosphate cells',
    code: '91350000MA0BATTR1',
    name: '（虚构）闽东动力电池有限公司',
    region: '350900',
    product: '磷酸铁锂电芯',
    // A footprint is of a product: nothing is allocated to it, and nothing surrendered.
    isFootprint: true,
  },
];

/** Amounts move by up to 6 %, qualities by 1 %. @param by from -1 to 1 */
function moved(name, text, by) {
  const share = /NCV|_pct|_min_/.test(name) ? 0.01 : 0.06;
  const decimals = text.split('.')[1]?.length ?? 0;
  return (Number(text) * (1 + share * by)).toFixed(decimals);
}

/** Whether something was measured does not move, nor does nothing. */
const isFixed = (name, text) => name.includes('ncvMeasured') || Number(text) === 0;

/** The gas of a process carries away what its fuels brought: it moves with the fuel that came least. */
function moves(figures, random) {
  const drawn = new Map(figures.map(([name, text]) => [name, isFixed(name, text) ? 0 : 2 * random() - 1]));
  const fuels = [...drawn].filter(([name]) => name.startsWith('solid.FC.')).map(([, by]) => by);
  return (name) => (name.startsWith('gasOut.FC.') ? Math.min(drawn.get(name), ...fuels) : drawn.get(name));
}

function monthOf(figures, random) {
  const by = moves(figures, random);
  return Object.fromEntries(
    figures.map(([name, text]) => [name, isFixed(name, text) ? text : moved(name, text, by(name))]),
  );
}

function monthsOf(record, year, random) {
  const facts = record.content ?? {};
  const figures = Object.entries(record.figures);
  return Object.fromEntries(monthNames(year).map((month) => [month, { facts, figures: monthOf(figures, random) }]));
}

/** What the plans of 2025 and later ask of the province: whether the line ran all year. */
const issuanceOf = (year) => (year === '2024' ? {} : { issuance: { facts: { lineState: 'running' } } });

/** A small process moves by more than a conclusion may leave without a word (R-L36). */
const reasons = { 'COKING 2025': '（虚构）焦炉检修，洗精煤与外购焦炭配比调整' };

function conclusionOf(unit, year) {
  const yearReason = reasons[`${unit} ${year}`];
  return yearReason === undefined ? {} : { conclusion: { yearReason } };
}

function unitOf({ records, year, random, isDetermined }, plan, index, product) {
  const { unit, content } = plan;
  const month = records.find((one) => one.kind === 'monthly-evidence' && one.unit === unit);
  const name = content.lineName ?? content.seriesName ?? content.modelName;
  return {
    ...{ id: unit, name, facilityCode: `MF${String(index + 1).padStart(4, '0')}`, product },
    plan: Object.fromEntries(Object.entries(content).map(([field, value]) => [field, String(value)])),
    months: monthsOf(month, year, random),
    ...conclusionOf(unit, year),
    ...(isDetermined ? issuanceOf(year) : {}),
  };
}

function sectorYear({ sector, methodology, vector, code, name, region, product, isFootprint }, year, seed) {
  const source = readFileSync(path.join(root, 'sectors', sector, vectorsOf, 'vectors.yaml'), 'utf8');
  const found = parse(source, { schema: 'failsafe' }).find((one) => one.name === vector);
  const records = Object.values(found.records);
  const random = randomOf(seed);
  const plans = records.filter(({ kind }) => kind === 'quality-control-plan');
  const plant = records.find(({ kind, unit }) => kind === 'monthly-evidence' && unit === 'PLANT');
  // A sector that is balanced as a whole is determined as a whole.
  const made = { records, year, random, isDetermined: plant === undefined };
  return {
    schema: 'carbon-ledger/sector-year/v1',
    ...{ methodology, sector, year },
    enterprise: enterpriseOf({ code, name, region }),
    units: plans.map((plan, index) => unitOf(made, plan, index, product)),
    ...(plant === undefined ? {} : { plant: { months: monthsOf(plant, year, random), ...issuanceOf(year) } }),
    ...(isFootprint ? {} : { verifier: verifierOf(region, year), surrender: { deadline: deadlineOf(year) } }),
  };
}

/** Name of each file with what stands in it. */
export const fromVectors = () =>
  years.flatMap((one, index) =>
    (one.isFootprint ? [vectorsOf] : reportYears).map((year) => [
      `${one.sector}-${year}`,
      sectorYear(one, year, Number(year) + index),
    ]),
  );
