import {
  buildRecord,
  type BuiltRecord,
  canonicalBytes,
  canonicalize,
  digestSubmission,
  type DocumentRef,
  type Figure,
  formatSubmissionId,
  type PartyKind,
  reviewKind,
  type SignedSubmission,
  signSubmission,
} from '@carbon-ledger/core';
import {
  trialAllowanceRegistry,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';

/** Parties of tests, all fictitious, with keys that anybody can derive. */
export const enterprise = '91140000MA0FAKE01X';
export const lab = '91140100MA0FAKE2XU';
export const national = trialNationalAuthority.uscc;
export const province = trialProvinceAuthority('140000').uscc;
export const otherProvince = trialProvinceAuthority('440000').uscc;
export const registry = trialAllowanceRegistry.uscc;

/** Certificate of the test laboratory. */
const CMA = '240417250001';

export interface SignedDraft {
  readonly submission: SignedSubmission;
  readonly figures: Record<string, readonly Figure[]>;
}

/** Signs records as their own party would. */
export async function signedBy(
  party: string,
  ledger: string,
  records: readonly BuiltRecord[],
  signedAt: string,
): Promise<SignedDraft> {
  const body = { ledger, party, records: records.map(({ record }) => record), signedAt };
  const submission = await signSubmission(body, trialSigner(party));
  const figures = Object.fromEntries(
    records.filter((one) => one.figures.length > 0).map((one) => [one.id, one.figures]),
  );
  return { submission, figures };
}

export function submissionIdOf(submission: SignedSubmission): string {
  return formatSubmissionId(digestSubmission(submission).digest);
}

/** Arguments of the contract's `init` for a trial ledger. */
export async function foundingArguments(ledger: string, msp: string, signedAt: string): Promise<[string, string]> {
  const record = trialPartyRecord(trialNationalAuthority, national, [msp]);
  const { submission } = await signedBy(national, ledger, [record], signedAt);
  return [ledger, canonicalize(submission)];
}

/** The parties of a province's market, filed by the national authority. */
function partyRecords(msp: string): BuiltRecord[] {
  const scope = ['C', 'NCV', 'H', 'S', 'M'];
  const qualifications = [{ kind: 'CMA' as const, number: CMA, scope, validFrom: null, validTo: null }];
  const party = (uscc: string, kind: PartyKind, region: string): BuiltRecord => {
    const own = kind === 'lab' ? { qualifications } : {};
    return trialPartyRecord({ uscc, name: `（虚构）${uscc}`, kind, region, ...own }, national, [msp]);
  };
  return [
    party(enterprise, 'enterprise', '140600'),
    party(lab, 'lab', '140100'),
    party(province, 'province-authority', '140000'),
    party(otherProvince, 'province-authority', '440000'),
    party(registry, 'allowance-registry', '420000'),
  ];
}

/** Ids of all units that tests speak of. */
const units = [
  ...['U', 'R'].flatMap((letter) => Array.from({ length: 9 }, (_, index) => `${letter}${String(index + 1)}`)),
  ...Array.from('ABCDEFGHIS'),
  ...['X', 'E', 'L', 'G'].flatMap((letter) => Array.from({ length: 40 }, (_, index) => `${letter}${String(index)}`)),
];

function unitOf(id: string, index: number): Record<string, unknown> {
  const code = String(index + 1).padStart(4, '0');
  return {
    ...{ id, name: id, permitNo: `${enterprise}001P`, facilityCode: `MF${code}` },
    ...{ boilers: [], turbines: [], generators: [], from: '2010-01-01', to: null },
  };
}

const ofEnterprise = (period: string): BuiltRecord['record']['subject'] => ({ uscc: enterprise, unit: '-', period });

/** The plant as the laboratory needs it: its units registered and accepted, and the laboratory engaged. */
function registrations(): { readonly own: readonly BuiltRecord[]; readonly accepted: BuiltRecord } {
  const facility = buildRecord(
    { type: 'facility', issuer: enterprise, subject: ofEnterprise('-'), content: { units: units.map(unitOf) } },
    trialSalts(enterprise),
  );
  const engagement = buildRecord(
    {
      type: 'engagement',
      kind: 'engagement.testing',
      issuer: enterprise,
      subject: ofEnterprise('2024'),
      content: { party: lab, contractNo: 'HT-2024-1' },
    },
    trialSalts(enterprise),
  );
  const accepted = buildRecord(
    {
      type: 'review',
      kind: reviewKind('province', 'facility'),
      issuer: province,
      subject: ofEnterprise('-'),
      content: { decision: 'accept', reasons: [] },
      cites: { reviewed: [facility] },
    },
    trialSalts(province),
  );
  return { own: [facility, engagement], accepted };
}

/** The parties with what must stand before the laboratory files anything, by who signs it: three submissions in this order. */
function marketRecords(msp: string): readonly { readonly party: string; readonly records: readonly BuiltRecord[] }[] {
  const { own, accepted } = registrations();
  return [
    { party: national, records: partyRecords(msp) },
    { party: enterprise, records: own },
    { party: province, records: [accepted] },
  ];
}

/** The same, signed. */
export function marketDrafts(msp: string, ledger: string, signedAt: string): Promise<SignedDraft[]> {
  return Promise.all(marketRecords(msp).map(({ party, records }) => signedBy(party, ledger, records, signedAt)));
}

/** The same as the contract's transient request: one transaction. */
export async function marketRequest(msp: string, ledger: string, signedAt: string): Promise<Uint8Array> {
  const drafts = await marketDrafts(msp, ledger, signedAt);
  const submissions = drafts.map(({ submission }) => submission);
  return canonicalBytes({ submissions, figures: {}, context: { records: [], figures: {} } });
}

/** A sample receipt of the lab, about one unit-month of the enterprise. */
export function sampleReceipt(unit: string, month = '2024-01', documents: readonly DocumentRef[] = []): BuiltRecord {
  return buildRecord(
    {
      type: 'sample-receipt',
      issuer: lab,
      subject: { uscc: enterprise, unit, period: month },
      content: {
        sampleNo: `S-${unit}-${month}`,
        sampleMonth: month,
        sampleKind: 'monthly composite',
        received: `${month}-28`,
      },
      documents,
    },
    trialSalts(lab),
  );
}

/** A test report of the lab with private figures, on a sample receipt. */
export function testReport(receipt: BuiltRecord, documents: readonly DocumentRef[] = []): BuiltRecord {
  const day = `${receipt.record.subject.period}-28`;
  return buildRecord(
    {
      type: 'test-report',
      issuer: lab,
      subject: receipt.record.subject,
      content: {
        reportNo: `R-${receipt.record.subject.unit}-${receipt.record.subject.period}`,
        sampleMonth: receipt.record.subject.period,
        sampleKind: 'monthly composite',
        received: day,
        testStart: day,
        testEnd: day,
        issued: day,
        qualification: CMA,
      },
      cites: { 'sample-receipt': [receipt] },
      figures: {
        Cad_pct: '57.12',
        Mad_pct: '1.50',
        Had_pct: '3.50',
        Qgr_ad_MJ_kg: '23.456',
        Qnet_ar_GJ_t: '21.400',
        St_ad_pct: '0.80',
      },
      documents,
    },
    trialSalts(lab),
  );
}
