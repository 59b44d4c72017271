import { createRequire } from 'node:module';
import { placeOf } from './market.mjs';

const require = createRequire(import.meta.url);
const core = require('../../core/dist');
const trial = require('../../plant-year/dist/trial');

const lab = '91140100MA0FAKE2XU';
const signer = trial.trialSigner(lab);
const salts = trial.trialSalts(lab);
const months = core.monthsOfYear('2024');

/** Of a plant's unit: 40 records to a unit and year, as a plant really has them. */
function receipt(kind, { uscc, unit }, n) {
  const period = months[n % 12];
  return core.buildRecord(
    {
      type: 'sample-receipt',
      kind: `sample-receipt.${kind}-${n}`,
      issuer: lab,
      subject: { uscc, unit, period },
      content: {
        sampleNo: `${kind}-${n}`,
        sampleMonth: period,
        sampleKind: '月缩分样',
        received: core.addDays(core.lastDayOfMonth(period), 4),
      },
    },
    salts,
  );
}

/** Many plants file side by side, so neighbours in time are of different units; one large submission is of a few whole units. */
function unitOf(run, n, perSubmission) {
  const stretch = perSubmission > 1 ? Math.floor(n / 40) : (n % 256) + 256 * Math.floor(n / (256 * 40));
  return placeOf(startOf(run) + stretch);
}

/** Each run begins at another place of the market, so that units fill evenly. */
const starts = new Map();
function startOf(run) {
  if (!starts.has(run)) starts.set(run, starts.size * 512);
  return starts.get(run);
}

function now() {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Bodies of POST /v1/submissions, made and signed beforehand: `perSubmission` records under one signature. */
export async function signedBodies(ledger, run, submissions, perSubmission) {
  const bodies = [];
  for (let index = 0; index < submissions; index += 1) {
    const records = Array.from({ length: perSubmission }, (_, offset) => {
      const n = index * perSubmission + offset;
      return receipt(run, unitOf(run, n, perSubmission), n).record;
    });
    const submission = await core.signSubmission({ ledger, party: lab, records, signedAt: now() }, signer);
    bodies.push(JSON.stringify({ submissions: [{ submission, figures: {} }] }));
  }
  return bodies;
}
