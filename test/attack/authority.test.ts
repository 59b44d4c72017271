import { figuresRoot, recordId, type BuiltRecord } from '@carbon-ledger/core';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  type TrialParty,
} from '@carbon-ledger/plant-year/trial';
import { enterprise, lab, TrialWorld, verifier } from '../support/trial-world';
import { device, filing, openMarket, others, party, registration, shanxi, standing, thiefKey } from './market-world';
import { describeAttacks, type Attack } from './table';

/*
 * Who may do what, tried by those who may not: in their own name, with their own key, with records that are well formed. Each
 * attack is judged alone; none is taken.
 */
let market: Promise<TrialWorld> | undefined;

/** What the contract says to records that somebody signs with a good key. */
function trying(what: string, make: () => BuiltRecord, code: string): Attack {
  return {
    what,
    seen: [`contract ${code}`],
    act: async () => {
      const world = await (market ??= openMarket());
      const { refused } = await world.submit([make()]);
      return refused.map(({ code: by, message }) => ({ by: 'contract', code: by, place: '', message }));
    },
  };
}

const plant = enterprise.uscc;
const deviceParty = party('91140600MA0TRYB20', 'device', '140600');
const registry = trialAllowanceRegistry.uscc;
const nation = trialNationalAuthority.uscc;
const { guangdong, guangzhou, shenzhen, xinjiang, city, idleLab, idleVerifier, preparer, inspector, idleInspector } =
  others;
const about = (unit: string, period = '2024', uscc = plant): BuiltRecord['record']['subject'] => ({
  uscc,
  unit,
  period,
});
const ofAuthority = (uscc: string): BuiltRecord['record']['subject'] => about('-', '2025', uscc);
const readings = (issuer: string, subject = about('U1', '2024-01')): BuiltRecord =>
  filing('device-batch', issuer, { subject, figures: { sum: '1000.00' } });
const finding = (issuer: string, subject = about('U1', '2024-01')): BuiltRecord =>
  filing('finding', issuer, {
    subject,
    cites: { inspection: [standing.inspection], evidence: [standing.report] },
    content: { figures: [{ record: standing.report.key, figure: 'Cad_pct', unit: '%', decimals: 2 }], documents: [] },
    figures: { atStake_tCO2: '450', 'anchored.1': '62.38' },
  });
const closing = (issuer: string): BuiltRecord =>
  filing('closure', issuer, { subject: ofAuthority(issuer), cites: { inspection: [standing.inspection] } });
const onPlant = (type: Parameters<typeof filing>[0], issuer: string): BuiltRecord =>
  filing(type, issuer, { subject: about('PLANT') });

/** What an authority that does not answer for a plant says about it. */
const screening = (what: string, by: TrialParty, of: TrialParty): Attack =>
  trying(
    what,
    () => filing('screening-result', by.uscc, { subject: about('PLANT', '2024', of.uscc) }),
    'NOT_ALLOWED_TO_FILE',
  );

/** The laboratory's report opened, and its next version with another salt or source. */
function nextReport(change: (figures: BuiltRecord['figures']) => BuiltRecord['figures']): () => BuiltRecord {
  return () => {
    const { record, figures, key } = standing.opened;
    const own = change(figures.map((one, at) => ({ ...one, salt: `${'ab'.repeat(15)}${String(10 + at)}` })));
    const next = { ...record, version: 2, figuresRoot: figuresRoot(own) };
    return { key, id: recordId(next), record: next, figures: own };
  };
}

const ofItself = (issuer: string, type: Parameters<typeof filing>[0], period = '2024'): BuiltRecord =>
  filing(type, issuer, { subject: about('-', period, issuer) });

describeAttacks('authority', [
  trying(
    'the CCER registry credits allowances',
    () => onPlant('allowance-credit', trialCcerRegistry.uscc),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying('a plant credits allowances to itself', () => onPlant('allowance-credit', plant), 'NOT_ALLOWED_TO_FILE'),
  trying(
    'the province credits what it determined itself',
    () => onPlant('allowance-credit', shanxi),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'the registry credits what nobody determined',
    () => onPlant('allowance-credit', registry),
    'CITATION_MISSING',
  ),
  trying(
    'a province states benchmarks',
    () => filing('benchmark', shanxi, { subject: about('POWER', '2024', shanxi) }),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying('a plant discloses about another', () => onPlant('disclosure', others.plant.uscc), 'NOT_ALLOWED_TO_FILE'),
  trying('a province discloses for its plant', () => onPlant('disclosure', shanxi), 'NOT_ALLOWED_TO_FILE'),
  trying(
    'another province screens the plant',
    () => onPlant('screening-result', guangdong.uscc),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a city of another province screens the plant',
    () => onPlant('screening-result', guangzhou.uscc),
    'NOT_ALLOWED_TO_FILE',
  ),
  screening('Guangdong screens a plant of Shenzhen, which acts for itself', guangdong, others.plantOfShenzhen),
  screening('Shenzhen screens a plant of Guangzhou', shenzhen, others.plant),
  screening('Xinjiang screens a plant of the Production and Construction Corps', xinjiang, others.plantOfCorps),
  trying(
    'Guangdong registers a plant of Shenzhen',
    () => registration(party('91440300MA0TRYB24', 'enterprise', '440300'), guangdong.uscc, {}, 1),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a verifier screens the plant that it verifies',
    () => onPlant('screening-result', verifier.uscc),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying('a plant screens another', () => onPlant('screening-result', others.plant.uscc), 'NOT_ALLOWED_TO_FILE'),
  trying(
    'a device files readings of a plant that does not own it',
    () => readings(standing.elsewhere.record.subject.uscc),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying('a laboratory files readings', () => readings(lab.uscc), 'NOT_ALLOWED_TO_FILE'),
  trying(
    'a device files readings of a unit that its plant does not have',
    () => readings(standing.device.record.subject.uscc, about('U9', '2024-01')),
    'UNIT_UNKNOWN',
  ),
  trying(
    'a device files readings of a month before its unit was built',
    () => readings(standing.device.record.subject.uscc, about('U1', '2009-12')),
    'UNIT_UNKNOWN',
  ),
  trying(
    'a province registers a device for a plant of another province',
    () => device('91440100MA0TRYB30', '440100', plant, guangdong.uscc),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a device is registered for a laboratory',
    () => device('91140100MA0TRYB31', '140100', lab.uscc, shanxi),
    'BAD_RECORD',
  ),
  trying(
    'a device gives itself to another plant',
    () => registration(deviceParty, deviceParty.uscc, { owner: others.plant.uscc }),
    'NOT_ALLOWED_TO_FILE',
  ),
  // Inspection
  trying('an inspector whom nobody named finds something', () => finding(idleInspector.uscc), 'NOT_ALLOWED_TO_FILE'),
  trying('a city that does not inspect finds something', () => finding(city.uscc), 'NOT_ALLOWED_TO_FILE'),
  trying('another province finds something', () => finding(guangdong.uscc), 'NOT_ALLOWED_TO_FILE'),
  trying(
    'the inspector finds something in a year that is not inspected',
    () => finding(inspector.uscc, about('U1', '2025-01')),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying('the plant that is inspected closes the inspection', () => closing(plant), 'NOT_ALLOWED_TO_FILE'),
  trying('the nation closes an inspection of a province', () => closing(nation), 'NOT_ALLOWED_TO_FILE'),
  trying('a city closes an inspection of its province', () => closing(city.uscc), 'NOT_ALLOWED_TO_FILE'),
  trying(
    'an inspector plans an inspection',
    () => filing('inspection', inspector.uscc, { subject: ofAuthority(inspector.uscc) }),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a province plans to inspect a plant of another',
    () => filing('inspection', guangdong.uscc, { kind: 'inspection.2', subject: ofAuthority(guangdong.uscc) }),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a preparer answers what was handed to the plant',
    () => filing('rectification', preparer.uscc, { subject: ofAuthority(preparer.uscc) }),
    'NOT_ALLOWED_TO_FILE',
  ),
  // Engagement and time
  trying(
    'a plant engages its own verifier',
    () =>
      filing('engagement', plant, {
        kind: 'engagement.verification-2',
        subject: about('-'),
        content: { party: idleVerifier.uscc },
      }),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'another province engages a verifier for the plant',
    () =>
      filing('engagement', guangdong.uscc, {
        kind: 'engagement.verification-2',
        subject: about('-'),
        content: { party: idleVerifier.uscc },
      }),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a laboratory is engaged for another plant',
    () =>
      filing('engagement', others.plant.uscc, {
        kind: 'engagement.testing-2',
        subject: about('-'),
        content: { party: idleLab.uscc },
      }),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'the laboratory files about a year before its engagement',
    () =>
      filing('sample-receipt', lab.uscc, {
        subject: about('U1', '2023-01'),
        content: { sampleMonth: '2023-01', received: '2023-02-04' },
      }),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a laboratory of the city files, never engaged',
    () => filing('sample-receipt', idleLab.uscc),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a laboratory that is suspended files',
    () => filing('sample-receipt', others.suspended.uscc),
    'PARTY_SUSPENDED',
  ),
  trying('a laboratory that was ended files', () => filing('sample-receipt', others.ended.uscc), 'PARTY_ENDED'),
  trying(
    'a verifier that nobody engaged raises a nonconformity',
    () => onPlant('nonconformity', idleVerifier.uscc),
    'NOT_ALLOWED_TO_FILE',
  ),
  // Registers and rules
  trying(
    'a province lists a plant of another',
    // A year without rules: its list names none.
    () => filing('emitter-list', guangdong.uscc, { subject: about('-', '2031', guangdong.uscc) }),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a plant registers the facility of another once more',
    () => filing('facility', others.plant.uscc, { subject: about('-', '-', others.plant.uscc) }),
    'IDENTITY_TAKEN',
  ),
  trying('a province sets the working days', () => ofItself(shanxi, 'working-days'), 'NOT_ALLOWED_TO_FILE'),
  trying(
    'a province puts an edition of the rules in force',
    () => filing('rule-edition', shanxi, { subject: about('-', '-', shanxi) }),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a verifier reconciles the registries',
    () => ofItself(verifier.uscc, 'reconciliation'),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a province registers another province',
    () => registration(party('11450000MA0TRYB32', 'province-authority', '450000'), shanxi, {}, 1),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a province lets a city of another province change its key',
    () => registration(guangzhou, shanxi, { keys: [thiefKey(guangzhou.uscc)] }),
    'NOT_ALLOWED_TO_FILE',
  ),
  trying(
    'a province registers eighteen zeros, whose check character is right, as a plant',
    () => registration({ ...others.plant, uscc: '0'.repeat(18) }, shanxi, {}, 1),
    'BAD_RECORD',
  ),
  // Figures
  trying(
    'a salt of the first version in the second, at another figure',
    nextReport(([first, ...rest]) => [{ ...first!, salt: standing.opened.figures[1]!.salt }, ...rest]),
    'SALT_REUSED',
  ),
  trying(
    'figures said to be taken from document 7 of a record that has none',
    nextReport((figures) => figures.map((one) => ({ ...one, source: { document: 7, place: 'row 1' } }))),
    'FIGURE_FORMAT',
  ),
]);
