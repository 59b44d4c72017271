import { usccCheckDigit, type BuiltRecord } from '@carbon-ledger/core';
import {
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  type TrialParty,
} from '@carbon-ledger/plant-year/trial';
import { build, lab, msp, TrialWorld } from '../../../../test/support/trial-world';
import { correctionKind } from '../correction';
import { reviewKind } from './review';

/*
 * What merely is written down first keeps nobody from his own: neither a facility that another enterprise registers, nor the
 * file of a report that another laboratory put on record.
 */
const named = (
  first17: string,
  kind: TrialParty['kind'],
  region: string,
  more: Partial<TrialParty> = {},
): TrialParty => ({
  ...{ uscc: first17 + usccCheckDigit(first17), name: `（虚构）${kind}`, kind, region },
  ...more,
});

const nation = trialNationalAuthority.uscc;
const shanxi = trialProvinceAuthority('140000');
const guangdong = trialProvinceAuthority('440000');
const rightful = named('91140600MA0TRYC01', 'enterprise', '140600');
const squatter = named('91440100MA0TRYC02', 'enterprise', '440100');
const certificate = { kind: 'CMA' as const, number: 'CMA-GD-1', scope: ['C'], validFrom: null, validTo: null };
const otherLab = named('91440100MA0TRYC03', 'lab', '440100', { qualifications: [certificate] });
const permit = `${rightful.uscc}001P`;

const nowhere = (uscc: string): BuiltRecord['record']['subject'] => ({ uscc, unit: '-', period: '-' });
const unitWith = (facilityCode: string, permitNo = permit): Record<string, unknown> => ({
  ...{ id: `U${facilityCode.slice(-1)}`, name: '机组', permitNo, facilityCode },
  ...{ boilers: [], turbines: [], generators: [], capacity_MW: '600', category: 'I', from: '2010-01-01', to: null },
});
const facility = (uscc: string, units: readonly object[], version = 1): BuiltRecord =>
  build({ type: 'facility', issuer: uscc, subject: nowhere(uscc), version, content: { units } });
const accepting = (issuer: string, reviewed: BuiltRecord, version = 1): BuiltRecord =>
  build({
    ...{ type: 'review', kind: reviewKind('province', 'facility'), issuer, subject: reviewed.record.subject, version },
    ...{ content: { decision: 'accept', reasons: [] }, cites: { reviewed: [reviewed] } },
  });
const withdrawing = (issuer: string, target: BuiltRecord): BuiltRecord =>
  build({
    ...{ type: 'revocation', kind: correctionKind('revocation', target.record.kind), issuer },
    subject: target.record.subject,
    content: { reason: 'FINDING', statement: '设施不属于该单位' },
    cites: { revoked: [target] },
  });

let world: TrialWorld;

async function told(record: BuiltRecord): Promise<string[]> {
  const { refused } = await world.submit([record]);
  return refused.flatMap(({ faults }) => faults.map(({ code, path }) => `${code} ${path.replace('/records/0', '')}`));
}

beforeEach(async () => {
  world = await TrialWorld.open();
  await world.anchor([rightful, squatter, otherLab, guangdong].map((one) => trialPartyRecord(one, nation, [msp])));
});

describe('a facility that another enterprise registered first', () => {
  const foreign = unitWith('MF0001');
  const own = unitWith('MF0002', `${squatter.uscc}001P`);

  it('is the rightful one’s all the same: the province’s word counts', async () => {
    const theirs = facility(squatter.uscc, [foreign, own]);
    await world.anchor([theirs]);
    const right = facility(rightful.uscc, [foreign]);
    await world.anchor([right]);
    await world.anchor([accepting(shanxi.uscc, right)]);
    expect(await told(accepting(guangdong.uscc, theirs))).toEqual(['IDENTITY_TAKEN /cites']);
    expect(await told(facility(squatter.uscc, [foreign], 2))).toEqual(['IDENTITY_TAKEN /content/units/0/facilityCode']);
    const without = facility(squatter.uscc, [own], 2);
    await world.anchor([without]);
    expect(await told(accepting(guangdong.uscc, without))).toEqual([]);
  });

  it('does not come back to who writes it down again and again before the acceptance', async () => {
    await world.anchor([facility(squatter.uscc, [foreign])]);
    const right = facility(rightful.uscc, [foreign]);
    await world.anchor([right]);
    for (const version of [2, 3, 4]) await world.anchor([facility(squatter.uscc, [foreign], version)]);
    expect(await told(accepting(shanxi.uscc, right))).toEqual([]);
  });

  it.each([
    ['its own province', guangdong.uscc, []],
    ['the national authority', nation, []],
    ['the rightful one’s province', shanxi.uscc, ['NOT_ALLOWED_TO_FILE /issuer']],
    ['the enterprise itself', squatter.uscc, ['NOT_ALLOWED_TO_FILE /issuer']],
    ['the rightful one', rightful.uscc, ['NOT_ALLOWED_TO_FILE /issuer']],
  ])('and was accepted by mistake, is withdrawn by %s', async (_, who, refusal) => {
    const theirs = facility(squatter.uscc, [foreign, own]);
    await world.anchor([theirs]);
    await world.anchor([accepting(guangdong.uscc, theirs)]);
    const right = facility(rightful.uscc, [foreign]);
    const taken = ['IDENTITY_TAKEN /content/units/0/facilityCode'];
    expect(await told(right)).toEqual(taken);
    expect(await told(withdrawing(who, theirs))).toEqual(refusal);
    expect(await told(right)).toEqual(refusal.length === 0 ? [] : taken);
    if (refusal.length > 0) return;
    expect(await told(accepting(shanxi.uscc, right))).toEqual([]);
    const without = facility(squatter.uscc, [own], 2);
    await world.anchor([without]);
    expect(await told(accepting(guangdong.uscc, without, 2))).toEqual([]);
    expect((await world.ledger.get('units', squatter.uscc))?.units.map(({ id }) => id)).toEqual(['U2']);
  });

  it('is not free, to be given allowances once more, because its registration names it no longer', async () => {
    const first = facility(squatter.uscc, [foreign, own]);
    await world.anchor([first]);
    await world.anchor([accepting(guangdong.uscc, first)]);
    const second = facility(squatter.uscc, [own], 2);
    await world.anchor([second]);
    await world.anchor([accepting(guangdong.uscc, second, 2)]);
    expect(await told(facility(rightful.uscc, [foreign]))).toEqual(['IDENTITY_TAKEN /content/units/0/facilityCode']);
    await world.anchor([withdrawing(guangdong.uscc, second)]);
    expect(await told(facility(rightful.uscc, [foreign]))).toEqual([]);
  });

  it('bars no CCER project until a province accepted it as a unit of the market (C07)', async () => {
    const lot = build({
      ...{ type: 'ccer-lot', kind: 'ccer-lot.1', issuer: trialCcerRegistry.uscc },
      subject: nowhere(trialCcerRegistry.uscc),
      content: {
        ...{ projectRef: '1467848700000000009', projectName: '（虚构）', methodology: 'CCER-01', qty: '1' },
        ...{ serialFrom: 'FIC-Q-0001', serialTo: 'FIC-Q-0001', facility: { permitNo: permit, facilityCode: 'MF0001' } },
      },
    });
    const theirs = facility(squatter.uscc, [foreign]);
    await world.anchor([theirs]);
    await world.anchor([lot]);
    await world.anchor([accepting(guangdong.uscc, theirs)]);
    const later = { ...lot.record.content, serialFrom: 'FIC-Q-0002', serialTo: 'FIC-Q-0002' };
    const second = {
      type: 'ccer-lot',
      issuer: lot.record.issuer,
      subject: lot.record.subject,
      content: later,
    } as const;
    expect(await told(build({ ...second, kind: 'ccer-lot.2' }))).toEqual(['RULE_REFUSED /content/facility']);
  });
});

describe('the file of a report that another laboratory put on record first', () => {
  const file = { role: 'report', name: 'report.pdf', mediaType: 'application/pdf', size: '3' };
  const digests = { sha256: `sha256:${'5'.repeat(64)}`, sm3: `sm3:${'6'.repeat(64)}` };
  const documents = [{ ...file, ...digests }];
  const nearby = named('91140600MA0TRYC04', 'enterprise', '140600');

  /** A report with the file, by a laboratory, about a plant’s unit, with its sample receipt. */
  function reports(issuer: string, uscc: string, content: object = {}, number = 'R-1'): BuiltRecord[] {
    const subject = { uscc, unit: 'U1', period: '2024-01' };
    const sample = { sampleMonth: '2024-01', sampleKind: '月缩分样', received: '2024-02-04' };
    const receipt = build({ type: 'sample-receipt', issuer, subject, content: { sampleNo: 'S-1', ...sample } });
    const days = { testStart: '2024-02-06', testEnd: '2024-02-08', issued: '2024-02-14' };
    const qualification = issuer === lab.uscc ? '240417250001' : certificate.number;
    const report = build({
      ...{ type: 'test-report', issuer, subject, cites: { 'sample-receipt': [receipt] }, documents },
      content: { reportNo: number, ...sample, ...days, qualification, ...content },
      figures: {
        ...{ Cad_pct: '62.38', Mad_pct: '2.84', Had_pct: '3.62' },
        ...{ Qgr_ad_MJ_kg: '24.975', Qnet_ar_GJ_t: '21.576', St_ad_pct: '0.71' },
      },
    });
    return [receipt, report];
  }

  async function plantWith(plant: TrialParty, permitNo: string, laboratory: string): Promise<void> {
    const own = facility(plant.uscc, [unitWith('MF0001', permitNo)]);
    const engagement = build({
      ...{ type: 'engagement', kind: 'engagement.testing', issuer: plant.uscc },
      ...{
        subject: { uscc: plant.uscc, unit: '-', period: '2024' },
        content: { party: laboratory, contractNo: 'C-1' },
      },
    });
    await world.anchor([own, engagement]);
    await world.anchor([accepting(shanxi.uscc, own)]);
  }

  const squat = `${nearby.uscc}/U1/2024-01/test-report`;
  const right = `${rightful.uscc}/U1/2024-01/test-report`;

  beforeEach(async () => {
    await world.anchor([trialPartyRecord(nearby, nation, [msp])]);
    await plantWith(nearby, `${nearby.uscc}001P`, otherLab.uscc);
    await plantWith(rightful, permit, lab.uscc);
    await world.anchor(reports(otherLab.uscc, nearby.uscc));
  });

  it('is anchored by the rightful one that says where it stands, and by no other way', async () => {
    const [receipt, silent] = reports(lab.uscc, rightful.uscc);
    await world.anchor([receipt!]);
    const { refused } = await world.submit([silent!]);
    const [fault] = refused[0]?.faults ?? [];
    expect(fault).toMatchObject({ code: 'IDENTITY_TAKEN', details: { rule: 'R-D05', holder: squat } });
    expect(fault?.message).toContain('alsoIn');
    const wrong = reports(lab.uscc, rightful.uscc, { alsoIn: right })[1]!;
    expect(await told(wrong)).toContain('BAD_RECORD /content/alsoIn');
    const own = reports(lab.uscc, rightful.uscc, { alsoIn: squat })[1]!;
    expect(await told(own)).toEqual([]);
    const claim = await world.ledger.get('claim', `report-file/${digests.sha256}`);
    expect(claim).toEqual({ key: squat, by: otherLab.uscc, also: [{ key: right, by: lab.uscc }] });
  });

  it('may be corrected later by either, and is used by neither for a second unit or month', async () => {
    const own = reports(lab.uscc, rightful.uscc, { alsoIn: squat });
    await world.anchor(own);
    for (const one of [own[1]!, reports(otherLab.uscc, nearby.uscc)[1]!]) {
      await world.anchor([world.supersession(one)]);
      const { record } = one;
      const next = build({
        ...{ type: 'test-report', issuer: record.issuer, subject: record.subject, version: 2, documents },
        content: record.content,
        cites: { 'sample-receipt': [reports(record.issuer, record.subject.uscc)[0]!] },
        figures: Object.fromEntries(one.figures.map(({ name, value }) => [name, value])),
      });
      expect(await told(next)).toEqual([]);
    }
  });

  it('is said of none of whose it is not', async () => {
    const [receipt, report] = reports(lab.uscc, rightful.uscc, { alsoIn: squat });
    const other = [{ ...file, sha256: `sha256:${'7'.repeat(64)}`, sm3: digests.sm3 }];
    await world.anchor([receipt!]);
    const { record, figures } = report!;
    const free = build({
      ...{ type: 'test-report', issuer: lab.uscc, subject: record.subject, documents: other },
      ...{ content: record.content, cites: { 'sample-receipt': [receipt!] } },
      figures: Object.fromEntries(figures.map(({ name, value }) => [name, value])),
    });
    expect(await told(free)).toEqual(['BAD_RECORD /content/alsoIn']);
  });
});
