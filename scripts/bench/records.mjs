import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const core = require('../../core/dist');

const lab = '91140100MA0FAKE2XU';
const enterprise = '91140000MA0FAKE01X';
const signer = core.trialSigner(lab);
const salts = core.trialSalts(lab);
const months = core.monthsOfYear('2024');

/** The nth sample receipt of a run: 40 records to a unit and year, as a plant really has them. */
function receipt(run, n) {
  const period = months[n % 12];
  return core.buildRecord(
    {
      type: 'sample-receipt',
      kind: `sample-receipt.${run}-${n}`,
      issuer: lab,
      subject: { uscc: enterprise, unit: `B${Math.floor(n / 40)}`, period },
      content: {
        sampleNo: `${run}-${n}`,
        sampleMonth: period,
        sampleKind: '月缩分样',
        received: core.addDays(core.lastDayOfMonth(period), 4),
      },
    },
    salts,
  );
}

function now() {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Bodies of POST /v1/submissions, made and signed beforehand: `perSubmission` records under one signature. */
export async function signedBodies(ledger, run, submissions, perSubmission) {
  const bodies = [];
  for (let index = 0; index < submissions; index += 1) {
    const records = Array.from(
      { length: perSubmission },
      (_, offset) => receipt(run, index * perSubmission + offset).record,
    );
    const submission = await core.signSubmission({ ledger, party: lab, records, signedAt: now() }, signer);
    bodies.push(JSON.stringify({ submissions: [{ submission, figures: {} }] }));
  }
  return bodies;
}
