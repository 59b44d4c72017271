import {
  buildRecord,
  coalPower,
  coalPowerParameters,
  evidenceDue,
  partyContentSchema,
  signSubmission,
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
  trialSigner,
  type BuiltRecord,
  type Judgement,
  type RecordDraft,
  type Signer,
  type SignedSubmission,
  type TrialParty,
} from '@carbon-ledger/core';
import { MemoryLedger } from './memory-ledger';

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

/** A founded trial ledger in memory, with the words in which a test speaks of it. */
export class TrialWorld {
  readonly ledger = new MemoryLedger({ ledger: ledgerId, msp, time });
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

  static async open(): Promise<TrialWorld> {
    const world = new TrialWorld();
    const founder = trialPartyRecord(national, national.uscc, [msp]);
    world.ledger.found(national.uscc, {
      record: founder.id,
      version: 1,
      content: partyContentSchema.parse(founder.record.content),
    });
    const parties = [province, trialAllowanceRegistry, trialCcerRegistry, enterprise, lab, verifier];
    await world.anchor([
      ...parties.map((party) => trialPartyRecord(party, national.uscc, [msp])),
      world.methodology,
      world.parameters,
    ]);
    return world;
  }

  /** Submits records, each group signed by its own issuer, and expects all to be accepted. */
  async anchor(records: readonly BuiltRecord[]): Promise<void> {
    const judgement = await this.submit(records);
    if (judgement.refused.length > 0) throw new Error(JSON.stringify(judgement.refused, null, 1));
  }

  async submit(records: readonly BuiltRecord[], options: Parameters<typeof sign>[1] = {}): Promise<Judgement> {
    return this.ledger.submit([await sign(records, options)], records);
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
        due: evidenceDue('2024-01'),
        submitted: '2024-03-10',
        onTime: true,
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
