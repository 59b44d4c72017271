// Writes the fictitious report years of scripts/sample/sectors from a vector of each sector's folder: the same amounts, moved a
// little each month by a seed. Run after a change of a folder: node scripts/sector-years.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from './lib/prepare.mjs';

const { usccCheckDigit } = createRequire(import.meta.url)('../core/dist');
const outDir = path.join(root, 'scripts', 'sample', 'sectors');
/** A vector of the folder of 2024 serves for later years too: what is measured did not change, what is allocated did. */
const vectorsOf = '2024';
const reportYears = ['2024', '2025'];
const verifierCode = '91110000MA0HECHA1';

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

/** mulberry32: small, and the same on every machine. */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Amounts move by up to 6 %, qualities by 1 %; whether something was measured does not move. */
function moved(name, text, random) {
  if (name.includes('ncvMeasured') || Number(text) === 0) return text;
  const share = /NCV|_pct|_min_/.test(name) ? 0.01 : 0.06;
  const decimals = text.split('.')[1]?.length ?? 0;
  return (Number(text) * (1 + share * (2 * random() - 1))).toFixed(decimals);
}

function monthsOf(record, year, random) {
  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
  const facts = record.content ?? {};
  return Object.fromEntries(
    months.map((month) => {
      const figures = Object.entries(record.figures).map(([name, text]) => [name, moved(name, text, random)]);
      return [month, { facts, figures: Object.fromEntries(figures) }];
    }),
  );
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

/** Who verified the year, and until when it is surrendered. */
function complianceOf(region, year) {
  const uscc = verifierCode + usccCheckDigit(verifierCode);
  return {
    verifier: {
      ...{ uscc, name: '（虚构）华北碳核查有限公司' },
      reportNo: `${region.slice(0, 2)}-HBTHC-${uscc.slice(-6)}-${year}-V1`,
    },
    surrender: { deadline: `${Number(year) + 1}-12-31` },
  };
}

function sectorYear({ sector, methodology, vector, code, name, region, product, isFootprint }, year, seed) {
  const source = readFileSync(path.join(root, 'sectors', sector, vectorsOf, 'vectors.yaml'), 'utf8');
  const found = parse(source, { schema: 'failsafe' }).find((one) => one.name === vector);
  const records = Object.values(found.records);
  const random = randomOf(seed);
  const plans = records.filter(({ kind }) => kind === 'quality-control-plan');
  const plant = records.find(({ kind, unit }) => kind === 'monthly-evidence' && unit === 'PLANT');
  const uscc = code + usccCheckDigit(code);
  // A sector that is balanced as a whole is determined as a whole.
  const made = { records, year, random, isDetermined: plant === undefined };
  return {
    schema: 'carbon-ledger/sector-year/v1',
    ...{ methodology, sector, year },
    enterprise: { uscc, name, region, permitNo: `${uscc}001P` },
    units: plans.map((plan, index) => unitOf(made, plan, index, product)),
    ...(plant === undefined ? {} : { plant: { months: monthsOf(plant, year, random), ...issuanceOf(year) } }),
    ...(isFootprint ? {} : complianceOf(region, year)),
  };
}

mkdirSync(outDir, { recursive: true });
for (const [index, one] of years.entries())
  for (const year of one.isFootprint ? [vectorsOf] : reportYears) {
    const file = path.join(outDir, `${one.sector}-${year}.json`);
    writeFileSync(file, `${JSON.stringify(sectorYear(one, year, Number(year) + index), null, 2)}\n`);
    process.stdout.write(`${path.relative(root, file)}\n`);
  }
