import {
  type BuiltRecord,
  canonicalBytes,
  canonicalize,
  type Figure,
  reviewKind,
  type SignedSubmission,
  signSubmission,
  usccCheckDigit,
} from '@carbon-ledger/core';
import {
  trialCcerRegistry,
  trialNationalAuthority,
  type TrialParty,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';
import { build, testReport } from '../../support/trial-world';
import { ccerLot, cancellation } from '../../support/trial-year';

const MSPS = ['RegulatorMSP', 'EnterpriseMSP', 'LabMSP', 'VerifierMSP', 'RegistryMSP'];

function party(first17: string, kind: TrialParty['kind'], region: string): TrialParty {
  const uscc = first17 + usccCheckDigit(first17);
  return { uscc, name: `（虚构）${uscc}`, kind, region };
}

const identifiers = { ccerAccountId: 'FIC-CCER-0000001' };
const plants: readonly TrialParty[] = [
  { ...party('91140000MA0FAKE01', 'enterprise', '140600'), identifiers },
  { ...party('91130000MA0FAKE07', 'enterprise', '130200'), identifiers },
];
const provinces = plants.map(({ region }) => trialProvinceAuthority(region));
/** Samples of many names share so many units: two that are made one after the other never meet in the state. */
const UNITS = 200;
const CMA = '240417250001';
const lab: TrialParty = {
  ...party('91140100MA0FAKE2X', 'lab', '140100'),
  qualifications: [
    { kind: 'CMA', number: CMA, scope: ['C', 'NCV', 'H', 'S', 'M'], validFrom: null, validTo: '2030-03-30' },
  ],
};

function facilityOf(uscc: string): BuiltRecord {
  const units = Array.from({ length: UNITS }, (_, index) => {
    const [id, code] = [`U${String(index + 1)}`, `MF${String(index + 1).padStart(4, '0')}`];
    return {
      ...{ id, name: id, permitNo: `${uscc}001P`, facilityCode: code },
      ...{ boilers: [], turbines: [], generators: [], from: '2010-01-01', to: null },
    };
  });
  return build({ type: 'facility', issuer: uscc, subject: { uscc, unit: '-', period: '-' }, content: { units } });
}

function engagementOf(uscc: string): BuiltRecord {
  const subject = { uscc, unit: '-', period: '2024' };
  const content = { party: lab.uscc, contractNo: 'HT-2024-1' };
  return build({ type: 'engagement', kind: 'engagement.testing', issuer: uscc, subject, content });
}

function acceptanceOf(facility: BuiltRecord, issuer: string): BuiltRecord {
  const { subject } = facility.record;
  const content = { decision: 'accept', reasons: [] };
  return build({
    ...{ type: 'review' as const, kind: reviewKind('province', 'facility'), issuer, subject, content },
    cites: { reviewed: [facility] },
  });
}

/** A group of submissions as a gateway sends it to the contract. */
export interface Group {
  readonly transient: { readonly request: Uint8Array };
}

/** One record in a submission of its own. */
export interface Sample extends Group {
  readonly record: string;
  readonly key: string;
  readonly submission: SignedSubmission;
  readonly figures: Record<string, Figure[]>;
}

/** The few records with which the contract's own transactions meet each other in a block. All parties are fictitious. */
export class Market {
  /** Who registered the parties, and the laboratory whose samples they are. */
  readonly lab = lab.uscc;

  readonly #ledger: string;
  readonly #now: () => string;
  readonly #lot: BuiltRecord;
  readonly #turns = new Map<string, number>();

  constructor(ledger: string, now = (): string => `${new Date().toISOString().slice(0, 19)}Z`) {
    this.#ledger = ledger;
    this.#now = now;
    this.#lot = ccerLot();
  }

  async initArguments(): Promise<[string, string]> {
    const { uscc } = trialNationalAuthority;
    const { record } = trialPartyRecord(trialNationalAuthority, uscc, MSPS);
    const body = { ledger: this.#ledger, party: uscc, records: [record], signedAt: this.#now() };
    return [this.#ledger, canonicalize(await signSubmission(body, trialSigner(uscc)))];
  }

  /** Two plants with their units, their provinces, a laboratory that one of them engaged, the CCER registry and its lot. */
  parties(): Promise<Group> {
    const { uscc } = trialNationalAuthority;
    const all = [...plants, ...provinces, lab, trialCcerRegistry];
    const facilities = plants.map((plant) => facilityOf(plant.uscc));
    return this.#group(
      [
        all.map((one) => trialPartyRecord(one, uscc, MSPS)),
        ...facilities.map((facility, index) => [
          facility,
          ...(index === 0 ? [engagementOf(plants[0]?.uscc ?? '')] : []),
        ]),
        ...facilities.map((facility, index) => [acceptanceOf(facility, provinces[index]?.uscc ?? '')]),
        [this.#lot],
      ],
      [],
    );
  }

  /** A sample receipt of the same month under each number: only one of them can be the first version. */
  receipt(sampleNo: string): Promise<Group> {
    return this.#group([[this.#receipt('U1', sampleNo)]], []);
  }

  /** A sample receipt of another unit and the test report on it: all figures of a report are private. */
  report(unit: string): Promise<Group> {
    const receipt = this.#receipt(unit, `S-${unit}`);
    const report = testReport(receipt, { reportNo: `R-${unit}` });
    return this.#group([[receipt], [report]], []);
  }

  /** The first version of a sample receipt under a label of its own, of the next unit in turn: it meets no other in the state. */
  async sample(name: string, sampleNo = `S-${name}`): Promise<Sample> {
    const turn = this.#turns.get(name) ?? this.#turns.size;
    this.#turns.set(name, turn);
    const { id, key, record } = this.#receipt(`U${String((turn % UNITS) + 1)}`, sampleNo, name);
    const body = { ledger: this.#ledger, party: lab.uscc, records: [record], signedAt: this.#now() };
    const submission = await signSubmission(body, trialSigner(lab.uscc));
    const request = { submissions: [submission], figures: {}, context: { records: [], figures: {} } };
    return { record: id, key, submission, figures: {}, transient: { request: canonicalBytes(request) } };
  }

  /** Cancels serial numbers of the lot for a plant. */
  cancellation(plant: 0 | 1, from: number, to: number): Promise<Group> {
    const record = cancellation(this.#lot, String(from), [from, to], plants[plant]?.uscc, { purpose: 'voluntary' });
    return this.#group([[record]], [this.#lot]);
  }

  #receipt(unit: string, sampleNo: string, label?: string): BuiltRecord {
    const subject = { uscc: plants[0]?.uscc ?? '', unit, period: '2024-01' };
    const content = { sampleNo, sampleMonth: '2024-01', sampleKind: '月缩分样', received: '2024-02-04' };
    const kind = label === undefined ? 'sample-receipt' : `sample-receipt.${label.slice(-40)}`;
    return build({ type: 'sample-receipt', kind, issuer: lab.uscc, subject, content });
  }

  async #group(submissions: readonly (readonly BuiltRecord[])[], cited: readonly BuiltRecord[]): Promise<Group> {
    const signed = await Promise.all(
      submissions.map((records) => {
        const issuer = records[0]?.record.issuer ?? '';
        const body = { ledger: this.#ledger, party: issuer, records: records.map(({ record }) => record) };
        return signSubmission({ ...body, signedAt: this.#now() }, trialSigner(issuer));
      }),
    );
    const withFigures = submissions.flat().filter(({ figures }) => figures.length > 0);
    const request = {
      submissions: signed,
      figures: Object.fromEntries(withFigures.map(({ id, figures }) => [id, figures])),
      context: { records: cited.map(({ record }) => record), figures: {} },
    };
    return { transient: { request: canonicalBytes(request) } };
  }
}
