import {
  buildRecord,
  type BuiltRecord,
  coalPower,
  coalPowerParameters,
  correctionKind,
  evidenceDue,
  type RecordDraft,
  reviewKind,
  type SignedSubmission,
  type Signer,
  signSubmission,
} from '@carbon-ledger/core';
import {
  trialNationalAuthority,
  type TrialParty,
  trialProvinceAuthority,
  trialSalts,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';

export { unitOne } from './trial-unit';

export const ledgerId = 'ab'.repeat(32);
export const msp = 'EmbeddedMSP';
export const time = '2026-11-21T08:00:00Z';

const national = trialNationalAuthority;
const province = trialProvinceAuthority('140000');

export const enterprise: TrialParty = {
  uscc: '91140000MA0FAKE01X',
  name: '（虚构）晋北示范发电有限公司',
  kind: 'enterprise',
  region: '140600',
  identifiers: {
    permitNo: '91140000MA0FAKE01X001P',
    allowanceAccountId: 'FIC-CEA-0000001',
    ccerAccountId: 'FIC-CCER-0000001',
  },
};
export const lab: TrialParty = {
  uscc: '91140100MA0FAKE2XU',
  name: '（虚构）三晋煤质检测有限公司',
  kind: 'lab',
  region: '140100',
  qualifications: [
    { kind: 'CMA', number: '240417250001', scope: ['C', 'NCV', 'H', 'S', 'M'], validFrom: null, validTo: '2030-03-30' },
  ],
};
export const verifier: TrialParty = {
  uscc: '91110000MA0FAKE3W8',
  name: '（虚构）华北核查技术有限公司',
  kind: 'verifier',
  region: '110000',
};

export function build(draft: RecordDraft): BuiltRecord {
  return buildRecord(draft, trialSalts(draft.issuer));
}

export function sign(
  records: readonly BuiltRecord[],
  options: { party?: string; signer?: Signer; ledger?: string; signedAt?: string } = {},
): Promise<SignedSubmission> {
  const party = options.party ?? records[0]?.record.issuer ?? '';
  const body = {
    ledger: options.ledger ?? ledgerId,
    party,
    records: records.map(({ record }) => record),
    signedAt: options.signedAt ?? time,
  };
  return signSubmission(body, options.signer ?? trialSigner(party));
}

/** The laboratory's report on a sample. */
export function testReport(
  receipt: BuiltRecord,
  content: Record<string, unknown> = {},
  figures: Record<string, string> = {},
): BuiltRecord {
  const { period } = receipt.record.subject;
  return build({
    type: 'test-report',
    issuer: lab.uscc,
    subject: receipt.record.subject,
    cites: { 'sample-receipt': [receipt] },
    content: {
      reportNo: `FIC-${period}`,
      sampleMonth: period,
      sampleKind: '月缩分样',
      received: '2024-02-04',
      testStart: '2024-02-06',
      testEnd: '2024-02-08',
      issued: '2024-02-14',
      qualification: '240417250001',
      ...content,
    },
    figures: {
      Cad_pct: '62.38',
      Mad_pct: '2.84',
      Had_pct: '3.62',
      Qgr_ad_MJ_kg: '24.975',
      Qnet_ar_GJ_t: '21.576',
      St_ad_pct: '0.71',
      ...figures,
    },
  });
}

export interface ReviewOptions {
  readonly level?: 'city' | 'province' | 'national';
  readonly issuer?: string;
  readonly version?: number;
}

const dueOf = (month: string): string | undefined => evidenceDue(month, coalPowerParameters('2024').values);

/** The records of a trial year, unsigned, in the words in which a test speaks of them. */
export class TrialRecords {
  readonly methodology = build({
    type: 'methodology',
    issuer: national.uscc,
    subject: { uscc: national.uscc, unit: 'POWER', period: '2024' },
    content: { ...coalPower('2024') },
  });
  readonly parameters = build({
    type: 'parameter',
    issuer: national.uscc,
    subject: { uscc: national.uscc, unit: 'POWER', period: '2024' },
    content: { ...coalPowerParameters('2024') },
  });

  get rules(): { methodology: BuiltRecord[]; parameters: BuiltRecord[] } {
    return { methodology: [this.methodology], parameters: [this.parameters] };
  }

  facility(units: readonly Record<string, unknown>[], version = 1): BuiltRecord {
    const subject = { uscc: enterprise.uscc, unit: '-', period: '-' };
    return build({ type: 'facility', issuer: enterprise.uscc, subject, version, content: { units } });
  }

  listing(listed = true, version = 1): BuiltRecord {
    const entries = [{ uscc: enterprise.uscc, sector: 'power', listed, reason: '纳入全国碳市场' }];
    const subject = { uscc: province.uscc, unit: '-', period: '2024' };
    const cites = { parameters: [this.parameters] };
    return build({ type: 'emitter-list', issuer: province.uscc, subject, version, cites, content: { entries } });
  }

  engagement(purpose: 'testing' | 'preparation' | 'verification', party: string, number = ''): BuiltRecord {
    return build({
      type: 'engagement',
      kind: `engagement.${purpose}${number}`,
      issuer: purpose === 'verification' ? province.uscc : enterprise.uscc,
      subject: { uscc: enterprise.uscc, unit: '-', period: '2024' },
      content: { party, contractNo: `HT-2024-${purpose}` },
    });
  }

  /** Withdraws a record, in the name of its issuer where nobody else is named. */
  revocation(target: BuiltRecord, issuer = target.record.issuer, version = 1): BuiltRecord {
    return this.#correction('revocation', 'revoked', target, issuer, version);
  }

  /** Opens a record for its next version. */
  supersession(target: BuiltRecord, issuer = target.record.issuer, version = 1): BuiltRecord {
    return this.#correction('supersession', 'superseded', target, issuer, version);
  }

  #correction(
    type: 'revocation' | 'supersession',
    role: string,
    target: BuiltRecord,
    issuer: string,
    version: number,
  ): BuiltRecord {
    return build({
      type,
      kind: correctionKind(type, target.record.kind),
      issuer,
      subject: target.record.subject,
      version,
      content: {
        ...{ reason: 'CORRECTION', statement: '更正' },
        ...(type === 'supersession' && target.record.type === 'quality-control-plan' ? { revision: 'ORDERED' } : {}),
      },
      cites: { [role]: [target] },
    });
  }

  /** A review of a record by one level; the province where none is named. */
  review(
    reviewed: BuiltRecord,
    content: Record<string, unknown>,
    { level = 'province', issuer = province.uscc, version = 1 }: ReviewOptions = {},
    parameters = this.parameters,
  ): BuiltRecord {
    const { subject, kind, type } = reviewed.record;
    return build({
      type: 'review',
      kind: reviewKind(level, kind),
      issuer,
      subject,
      version,
      content,
      cites: { reviewed: [reviewed], ...(type === 'facility' ? {} : { parameters: [parameters] }) },
    });
  }

  /** The next version of the year's parameters, with more of them. */
  parametersWith(values: Readonly<Record<string, string>>): BuiltRecord {
    const { record } = this.parameters;
    const more = Object.entries(values).map(([name, value]) => [name, { value, unit: '1', source: '试验' }] as const);
    const content = record.content as { values: object };
    return build({
      type: 'parameter',
      issuer: record.issuer,
      subject: record.subject,
      version: record.version + 1,
      content: { ...content, values: { ...content.values, ...Object.fromEntries(more) } },
    });
  }

  /** The plant's stock balance of a month over the evidence of its units. */
  stockBalance(units: readonly BuiltRecord[], period = '2024-01'): BuiltRecord {
    return build({
      type: 'monthly-evidence',
      issuer: enterprise.uscc,
      subject: { uscc: enterprise.uscc, unit: 'PLANT', period },
      cites: { ...this.rules, 'unit-evidence': units },
      content: { carbonBasis: 'not-applicable', dailyRecords: false, due: dueOf(period) },
      figures: { opening_t: '182400.00', purchased_t: '115000.00', closing_t: '182000.00' },
    });
  }

  plan(unit = 'U1', content: Record<string, unknown> = {}): BuiltRecord {
    return build({
      type: 'quality-control-plan',
      issuer: enterprise.uscc,
      subject: { uscc: enterprise.uscc, unit, period: '2024' },
      cites: this.rules,
      content: {
        unitName: '1号机组',
        capacity_MW: '630',
        category: 'I',
        categoryName: '300MW等级以上常规燃煤机组',
        facilityCode: 'MF0003',
        boiler: '煤粉炉',
        product: '纯凝发电',
        carbonTestMode: 'monthly-composite',
        ...content,
      },
    });
  }

  receipt(period = '2024-01', received = '2024-02-04'): BuiltRecord {
    return build({
      type: 'sample-receipt',
      issuer: lab.uscc,
      subject: { uscc: enterprise.uscc, unit: 'U1', period },
      content: { sampleNo: `S-${period}`, sampleMonth: period, sampleKind: '月缩分样', received },
    });
  }

  report(...args: Parameters<typeof testReport>): BuiltRecord {
    return testReport(...args);
  }

  evidence(
    plan: BuiltRecord,
    report: BuiltRecord | undefined,
    figures: Record<string, string> = {},
    content: Record<string, unknown> = {},
  ): BuiltRecord {
    return build({
      type: 'monthly-evidence',
      issuer: enterprise.uscc,
      subject: { uscc: enterprise.uscc, unit: 'U1', period: '2024-01' },
      cites: { ...this.rules, 'quality-control-plan': [plan], ...(report ? { 'test-report': [report] } : {}) },
      content: {
        carbonBasis: report ? 'measured' : 'default',
        dailyRecords: false,
        due: dueOf('2024-01'),
        claimedSubmission: '2024-03-10',
        ...content,
      },
      figures: {
        coalConsumption_t: '115272.04',
        NCVar_GJ_t: '21.496',
        Mar_pct: '12.34',
        generation_MWh: '283041.600',
        heatSupply_GJ: '0.00',
        operatingHours_h: '744.00',
        onGrid_MWh: '267813.962',
        purchasedPower_MWh: '18.600',
        ...figures,
      },
    });
  }
}
