import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { quantile } from './load.mjs';

const require = createRequire(import.meta.url);
const core = require('../../core/dist');
const trial = require('../../plant-year/dist/trial');
const { parsePlantYear, planLedgerOf, planPlantYear } = require('../../plant-year/dist');

const sample = readFileSync(fileURLToPath(new URL('../sample/sample-plant.json', import.meta.url)), 'utf8');
const { enterprise } = JSON.parse(sample);
const region = enterprise.region ?? '140600';
const national = trial.trialNationalAuthority.uscc;
const province = trial.trialProvinceAuthority(region).uscc;

function party(first17, kind) {
  const uscc = first17 + core.usccCheckDigit(first17);
  return { uscc, name: `（虚构）${uscc}`, kind, region };
}

const city = party('11140600MB0BENCH9', 'city-authority');
/** One month in four comes back (domain: a quarter is filed again). */
const isReturned = (index) => index % 4 === 3;

/** The sample's plant under another code, with numbers of its own. */
function fileOf(number) {
  const own = party(`91140000MC${String(number).padStart(7, '0')}`, 'enterprise');
  const text = sample
    .replaceAll(enterprise.uscc, own.uscc)
    .replaceAll('FIC-CQ-', `FIC${number}-CQ-`)
    .replaceAll(/"(FIC-[A-Z]{1,3})-([0-9]{6,})"/g, (_, block, digits) => `"${block}${number}-${digits}"`);
  return { own: { ...own, ...ownWords(text) }, file: parsePlantYear(JSON.parse(text)) };
}

/** What it is registered as, and its accounts. */
function ownWords(text) {
  const { name, ccerAccountId, allowanceAccountId } = JSON.parse(text).enterprise;
  return { name, identifiers: { ccerAccountId, allowanceAccountId } };
}

/** The city looks at what its province asks of it, by the parameters of the year. */
function review(level, issuer, reviewed, version, content, rules) {
  const kind = core.reviewKind(level, reviewed.record.type);
  const { subject } = reviewed.record;
  return core.buildRecord(
    {
      type: 'review',
      kind,
      issuer,
      subject,
      version,
      content: { reasons: [], ...content },
      cites: { reviewed: [reviewed], parameters: [rules.parameters] },
    },
    trial.trialSalts(issuer),
  );
}

/** A plant's year in the order of filing: its months with the levels of review behind each, then the year's end. */
function recordsOf(file, ledger) {
  const built = new Map([ledger.methodology, ledger.parameters].map((one) => [one.key, one]));
  const records = [];
  let months = 0;
  for (const plan of planPlantYear(file, planLedgerOf(ledger))) {
    const salts = trial.trialSalts(plan.issuer);
    const { type, issuer, subject, kind, content, figures, readers } = plan;
    const cites = Object.fromEntries(
      Object.entries(plan.cites).map(([role, keys]) => [role, keys.flatMap((key) => built.get(key) ?? [])]),
    );
    const draft = { type, issuer, subject, kind, content, figures, readers, cites };
    const first = core.buildRecord(draft, salts);
    const isAgain = type === 'monthly-evidence' && isReturned(months++);
    const last = isAgain ? core.buildRecord({ ...draft, version: 2 }, salts) : first;
    records.push(...(type === 'monthly-evidence' ? withReviews(first, last, ledger) : [first]));
    built.set(plan.key, last);
  }
  return records;
}

const back = { decision: 'return', reasons: [{ code: 'SAMPLING', text: '缺采样记录' }] };
const accept = { decision: 'accept' };

/** Where two versions are given, the city returned the first. */
function withReviews(first, last, rules) {
  const isAgain = first !== last;
  return [
    first,
    ...(isAgain ? [review('city', city.uscc, first, 1, back, rules), last] : []),
    review('city', city.uscc, last, isAgain ? 2 : 1, accept, rules),
    review('province', province, last, 1, accept, rules),
  ];
}

async function bodyOf(ledger, built) {
  const { issuer } = built.record;
  const signedAt = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const body = { ledger, party: issuer, records: [built.record], signedAt };
  const submission = await core.signSubmission(body, trial.trialSigner(issuer));
  const figures = built.figures.length === 0 ? {} : { [built.id]: built.figures };
  return JSON.stringify({ submissions: [{ submission, figures }] });
}

/** Chains of submissions, one a plant, each record behind the last; every plant's parties are registered beforehand. */
export async function mixedLoad({ ledger, msps, rules, plants, from, post }) {
  const files = Array.from({ length: plants }, (_, index) => fileOf(from + index));
  const parties = [...(from === 0 ? [city] : []), ...files.map(({ own }) => own)];
  for (const one of parties) await post(await bodyOf(ledger, trial.trialPartyRecord(one, national, msps)));
  const market = {
    ...rules,
    provinceAuthority: province,
    allowanceRegistry: trial.trialAllowanceRegistry.uscc,
    ccerRegistry: trial.trialCcerRegistry.uscc,
  };
  const chains = [];
  const types = new Map();
  for (const { file } of files) {
    const records = recordsOf(file, market);
    for (const { record } of records) types.set(record.type, (types.get(record.type) ?? 0) + 1);
    chains.push(await Promise.all(records.map((built) => bodyOf(ledger, built))));
  }
  return { chains, types };
}

/** Runs chains, `concurrency` of them side by side; the rate of the first and of the second half tells growth. */
export async function driveChains(chains, concurrency, post) {
  const ends = [];
  const times = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < chains.length; index = next++)
      for (const body of chains[index]) {
        const begun = performance.now();
        await post(body);
        times.push(performance.now() - begun);
        ends.push(performance.now());
      }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const half = Math.floor(ends.length / 2);
  const rate = (count, start, end) => (count * 1000) / (end - start);
  times.sort((a, b) => a - b);
  return {
    count: ends.length,
    perSecond: rate(ends.length, begun, ends.at(-1)),
    halves: [rate(half, begun, ends[half - 1]), rate(ends.length - half, ends[half - 1], ends.at(-1))],
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
  };
}
