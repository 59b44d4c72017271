// Plants of the four sectors of the national market, each the sample year of its sector under another code.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const core = require('../../core/dist');
const trial = require('../../plant-year/dist/trial');
const {
  isSectorYear,
  parsePlantYear,
  parseSectorYear,
  planPlantYear,
  planSectorYear,
} = require('../../plant-year/dist');

const national = trial.trialNationalAuthority.uscc;

function party(first17, kind, region) {
  const uscc = first17 + core.usccCheckDigit(first17);
  return { uscc, name: `（虚构）${uscc}`, kind, region };
}

function planOf(json) {
  if (!isSectorYear(json)) {
    const file = parsePlantYear(json);
    return (ledger) => planPlantYear(file, ledger);
  }
  const file = parseSectorYear(json);
  return (ledger) => planSectorYear(file, ledger);
}

/** A kind of plant: its sample year, and the authorities of where it stands. */
class PlantKind {
  /** @param {{name: string, letter: string, plants: number, methodology: string, sample: string}} facts plants: emitters of this sector in the national market */
  constructor({ name, letter, plants, methodology, sample }) {
    this.name = name;
    this.plants = plants;
    this.methodology = methodology;
    this.sample = fileURLToPath(new URL(`../sample/${sample}`, import.meta.url));
    this.text = readFileSync(this.sample, 'utf8');
    const { enterprise } = JSON.parse(this.text);
    this.enterprise = enterprise.uscc;
    this.region = enterprise.region ?? enterprise.city;
    this.letter = letter;
    this.province = trial.trialProvinceAuthority(this.region).uscc;
    this.city = party(`11${this.region}MB0BENCH9`, 'city-authority', this.region);
  }

  /** One of them: the party, and the plan of its year on a ledger. */
  copy(number) {
    const own = party(`91${this.region}M${this.letter}${String(number).padStart(7, '0')}`, 'enterprise', this.region);
    const text = this.text
      .replaceAll(this.enterprise, own.uscc)
      .replaceAll('FIC-CQ-', `FIC${number}-CQ-`)
      .replaceAll(/"(FIC-[A-Z]{1,3})-([0-9]{6,})"/g, (_, block, digits) => `"${block}${number}-${digits}"`);
    const json = JSON.parse(text);
    const { name, ccerAccountId, allowanceAccountId } = json.enterprise;
    const accounts = { ccerAccountId, allowanceAccountId };
    const identifiers = Object.fromEntries(Object.entries(accounts).filter(([, value]) => value !== undefined));
    return { own: { ...own, name, identifiers }, plan: planOf(json) };
  }

  /** What of the ledger a plan is made on. @param rules methodology and parameters as they stand there */
  ledgerOf(rules) {
    return {
      ...rules,
      provinceAuthority: this.province,
      allowanceRegistry: trial.trialAllowanceRegistry.uscc,
      ccerRegistry: trial.trialCcerRegistry.uscc,
    };
  }
}

/** Key emitters of the national market by sector (2,087 + 232 + 962 + 97). */
export const kinds = [
  ['power', 'C', 2087, 'CN-ETS-POWER', 'sample-plant.json'],
  ['cement', 'D', 962, 'CN-ETS-CEMENT', 'sectors/cement-2024.json'],
  ['steel', 'E', 232, 'CN-ETS-STEEL', 'sectors/steel-2024.json'],
  ['aluminium', 'F', 97, 'CN-ETS-ALUMINIUM', 'sectors/aluminium-2024.json'],
].map(([name, letter, plants, methodology, sample]) => new PlantKind({ name, letter, plants, methodology, sample }));

/** One month in four comes back (a quarter is filed again). */
const isReturned = (index) => index % 4 === 3;

/** The city looks at what its province asks of it, by the parameters of the year. */
function review(level, issuer, reviewed, version, content, rules) {
  return core.buildRecord(
    {
      ...{ type: 'review', kind: core.reviewKind(level, reviewed.record.type), issuer, version },
      subject: reviewed.record.subject,
      content: { reasons: [], ...content },
      cites: { reviewed: [reviewed], parameters: [rules.parameters] },
    },
    trial.trialSalts(issuer),
  );
}

const back = { decision: 'return', reasons: [{ code: 'SAMPLING', text: '缺采样记录' }] };
const accept = { decision: 'accept' };

/** Where two versions are given, the city returned the first. */
function withReviews(first, last, { city, province }, rules) {
  const isAgain = first !== last;
  return [
    first,
    ...(isAgain ? [review('city', city.uscc, first, 1, back, rules), last] : []),
    review('city', city.uscc, last, isAgain ? 2 : 1, accept, rules),
    review('province', province, last, 1, accept, rules),
  ];
}

/** A plant's year in the order of filing: its months with the levels of review behind each, then the year's end. */
export function recordsOf(kind, plan, rules) {
  const { planLedgerOf } = require('../../plant-year/dist');
  const built = new Map([rules.methodology, rules.parameters].map((one) => [one.key, one]));
  const records = [];
  let months = 0;
  for (const planned of plan(planLedgerOf(kind.ledgerOf(rules)))) {
    const salts = trial.trialSalts(planned.issuer);
    const { type, issuer, subject, content, figures, readers } = planned;
    const cites = Object.fromEntries(
      Object.entries(planned.cites).map(([role, keys]) => [role, keys.flatMap((key) => built.get(key) ?? [])]),
    );
    const draft = { type, issuer, subject, kind: planned.kind, content, figures, readers, cites };
    const first = core.buildRecord(draft, salts);
    const isAgain = type === 'monthly-evidence' && isReturned(months++);
    const last = isAgain ? core.buildRecord({ ...draft, version: 2 }, salts) : first;
    records.push(...(type === 'monthly-evidence' ? withReviews(first, last, kind, rules) : [first]));
    built.set(planned.key, last);
  }
  return records;
}

/** Body of POST /v1/submissions for one record, signed by its party. */
export async function bodyOf(ledger, built) {
  const { issuer } = built.record;
  const signedAt = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const body = { ledger, party: issuer, records: [built.record], signedAt };
  const submission = await core.signSubmission(body, trial.trialSigner(issuer));
  const figures = built.figures.length === 0 ? {} : { [built.id]: built.figures };
  return JSON.stringify({ submissions: [{ submission, figures }] });
}

/** Bodies that register parties. */
export function registrations(ledger, msps, parties) {
  return Promise.all(parties.map((one) => bodyOf(ledger, trial.trialPartyRecord(one, national, msps))));
}

/** Methodology and parameters of a kind as they stand on a ledger that its sample year was imported into. */
export async function rulesOf(client, { methodology: name }) {
  const all = async (type) => (await client.records({ type, period: '2024', status: 'current' })).items;
  const built = ({ id, key, record }) => ({ id, key, record, figures: [] });
  const methodology = (await all('methodology')).find(({ record }) => record.content.id === name);
  const { unit } = methodology.record.subject;
  const parameters = (await all('parameter')).find(({ record }) => record.subject.unit === unit);
  return { methodology: built(methodology), parameters: built(parameters) };
}
