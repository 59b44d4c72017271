import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const core = require('../../core/dist');
const trial = require('../../plant-year/dist/trial');

const lab = '91140100MA0FAKE2XU';
const region = '140600';
const province = trial.trialProvinceAuthority(region).uscc;
const national = trial.trialNationalAuthority.uscc;
/** A market of many plants with a few units each, as the national one is. */
const PLANTS = 800;
const UNITS = 4;
const most = 1000;

function plantOf(index) {
  const first17 = `91140000MB${String(index).padStart(7, '0')}`;
  const uscc = first17 + core.usccCheckDigit(first17);
  return { uscc, name: `（虚构）${uscc}`, kind: 'enterprise', region };
}

const plants = Array.from({ length: PLANTS }, (_, index) => plantOf(index));

/** Where the n-th stretch of records belongs: one unit of one plant. */
export function placeOf(stretch) {
  const slot = stretch % (PLANTS * UNITS);
  return { uscc: plants[Math.floor(slot / UNITS)].uscc, unit: `U${(slot % UNITS) + 1}` };
}

function build(draft) {
  return core.buildRecord(draft, trial.trialSalts(draft.issuer));
}

function facility({ uscc }) {
  const units = Array.from({ length: UNITS }, (_, index) => ({
    ...{ id: `U${index + 1}`, name: `${index + 1}号机组`, permitNo: `${uscc}001P`, facilityCode: `MF000${index + 1}` },
    ...{ boilers: [], turbines: [], generators: [], from: '2010-01-01', to: null },
  }));
  return build({ type: 'facility', issuer: uscc, subject: { uscc, unit: '-', period: '-' }, content: { units } });
}

function engagement({ uscc }) {
  const subject = { uscc, unit: '-', period: '2024' };
  const content = { party: lab, contractNo: 'HT-2024' };
  return build({ type: 'engagement', kind: 'engagement.testing', issuer: uscc, subject, content });
}

function acceptance(registered) {
  return build({
    ...{ type: 'review', kind: core.reviewKind('province', 'facility'), issuer: province },
    subject: registered.record.subject,
    content: { decision: 'accept', reasons: [] },
    cites: { reviewed: [registered] },
  });
}

async function signed(ledger, party, records) {
  const signedAt = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const body = { ledger, party, records: records.map(({ record }) => record), signedAt };
  return { submission: await core.signSubmission(body, trial.trialSigner(party)), figures: {} };
}

function* inParts(list) {
  for (let at = 0; at < list.length; at += most) yield list.slice(at, at + most);
}

/** Registers plants, units and engagements of the laboratory, so that it may file about them. @param post sends a request's body */
export async function registerMarket(ledger, msps, post) {
  const parties = plants.map((plant) => trial.trialPartyRecord(plant, national, msps));
  for (const part of inParts(parties))
    await post(JSON.stringify({ submissions: [await signed(ledger, national, part)] }));
  const facilities = plants.map(facility);
  const own = await Promise.all(
    plants.map((plant, index) => signed(ledger, plant.uscc, [facilities[index], engagement(plant)])),
  );
  for (let at = 0; at < own.length; at += 50) await post(JSON.stringify({ submissions: own.slice(at, at + 50) }));
  for (const part of inParts(facilities.map(acceptance)))
    await post(JSON.stringify({ submissions: [await signed(ledger, province, part)] }));
}
