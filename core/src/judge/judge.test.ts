import { signSubmission, submissionTypes, type BuiltRecord, type Judgement } from '..';
import { trialSigner } from '../../../plant-year/src/trial';
import { build, enterprise, lab, ledgerId, sign, time, TrialWorld, verifier } from '../../../test/support/trial-world';
import { TypedDataEncoder, verifyTypedData } from 'ethers';
import { digestSubmission } from '../submission';

const codes = (judgement: Judgement): string[] =>
  judgement.refused.flatMap((refused) => refused.faults.map((fault) => fault.code));

async function january(): Promise<{ world: TrialWorld; plan: BuiltRecord; report: BuiltRecord; receipt: BuiltRecord }> {
  const world = await TrialWorld.open();
  const plan = world.plan();
  const receipt = world.receipt();
  const report = world.report(receipt);
  await world.anchor([plan]);
  await world.anchor([receipt, report]);
  return { world, plan, report, receipt };
}

describe('a month of the sample', () => {
  it('is recomputed to the digit and accepted', async () => {
    const { world, plan, report } = await january();
    const evidence = world.evidence(plan, report);
    await world.anchor([evidence]);
    const value = (name: string): string | undefined => evidence.figures.find((figure) => figure.name === name)?.value;
    expect([value('Car_tC_t'), value('emission_tCO2'), value('loadFactor_pct'), value('emissionPerMWh')]).toEqual([
      '0.5628',
      '235496.63',
      '60.39',
      '0.8320',
    ]);
  });

  it('is refused with figure, expected, got and step when a figure is wrong', async () => {
    const { world, plan, report } = await january();
    const judgement = await world.submit([world.evidence(plan, report, { emission_tCO2: '235496.64' })]);
    const details = { figure: 'emission_tCO2', expected: '235496.63', got: '235496.64', step: 'E.month.measured' };
    expect(judgement.refused[0]?.faults).toMatchObject([
      { code: 'FIGURE_MISMATCH', path: '/records/0/figures/emission_tCO2', details: { ...details, state: '-' } },
    ]);
    expect(await world.ledger.head(`${enterprise.uscc}/U1/2024-01/monthly-evidence`)).toBeUndefined();
  });

  it('falls to the default carbon content without a compliant report, and only then (R-L16)', async () => {
    const { world, plan, report } = await january();
    const wrong = await world.submit([world.evidence(plan, report, {}, { carbonBasis: 'default' })]);
    expect(wrong.refused[0]?.faults[0]).toMatchObject({
      code: 'RULE_REFUSED',
      details: { rule: 'R-L16', expected: 'measured' },
    });
    const none = world.evidence(plan, undefined);
    const left = await world.submit([none]);
    expect(left.refused[0]?.faults[0]).toMatchObject({
      code: 'RULE_REFUSED',
      details: { rule: 'R-L16', record: report.id },
    });
    await world.anchor([world.revocation(report)]);
    await world.anchor([none]);
    expect(none.figures.find((figure) => figure.name === 'Car_tC_t')).toMatchObject({
      value: '0.6632',
      formula: 'Car.default',
    });
  });

  it('counts a report issued more than 40 days after the month end as none (R-D04)', async () => {
    const world = await TrialWorld.open();
    const receipt = world.receipt();
    const late = world.report(receipt, { issued: '2024-03-12' });
    await world.anchor([world.plan()]);
    await world.anchor([receipt, late]);
    expect(codes(await world.submit([world.evidence(world.plan(), late)]))).toEqual(['RULE_REFUSED']);
    await world.anchor([world.evidence(world.plan(), late, {}, { carbonBasis: 'default' })]);
  });

  it('refuses facts that neither the type nor the methodology knows, such as a claimed punctuality', async () => {
    const { world, plan, report } = await january();
    const claims = { submitted: '2024-03-01', onTime: true };
    const judgement = await world.submit([world.evidence(plan, report, {}, claims)]);
    expect(judgement.refused[0]?.faults.map(({ path }) => path).sort()).toEqual([
      '/records/0/content/onTime',
      '/records/0/content/submitted',
    ]);
  });

  it.each([
    ['in time', '2024-03-01'],
    ['on the last day', '2024-03-10'],
    ['before the month had ended', '2024-01-15'],
  ])('tells lateness by its own time, whatever is claimed: %s', async (_, claimedSubmission) => {
    const { world, plan, report } = await january();
    const evidence = world.evidence(plan, report, {}, { claimedSubmission });
    await world.anchor([evidence]);
    const found = await world.ledger.get('case', `three-level-review/${evidence.key}`);
    expect(found).toMatchObject({ s: 'FILED', late: 985 });
  });

  it('takes twelve hours of daily records for no month', async () => {
    const { world, plan, report } = await january();
    const judgement = await world.submit([world.evidence(plan, report, {}, { dailyRecords: true })]);
    expect(codes(judgement)).toContain('RULE_REFUSED');
  });
});

describe('who may speak', () => {
  it("refuses a gateway operator who anchors in a lab's name", async () => {
    const { world } = await january();
    const receipt = world.receipt('2024-02');
    const forged = await world.submit([receipt], { party: lab.uscc, signer: trialSigner(enterprise.uscc) });
    expect(codes(forged)).toEqual(['KEY_UNKNOWN']);
    const signed = await sign([receipt]);
    const renamed = {
      ...signed,
      keyId: trialSigner(lab.uscc).keyId,
      signature: (await sign([receipt], { signer: trialSigner(enterprise.uscc) })).signature,
    };
    expect(codes(await world.ledger.submit([renamed], [receipt]))).toEqual(['SIGNATURE_INVALID']);
  });

  it('refuses a changed record, another ledger, another time, another organisation', async () => {
    const { world } = await january();
    const receipt = world.receipt('2024-02');
    const signed = await sign([receipt]);
    const changed = {
      ...signed,
      records: [{ ...receipt.record, content: { ...receipt.record.content, received: '2024-02-05' } }],
    };
    expect(codes(await world.ledger.submit([changed], [receipt]))).toEqual(['SIGNATURE_INVALID']);
    expect(codes(await world.submit([receipt], { ledger: 'cd'.repeat(32) }))).toEqual(['WRONG_LEDGER']);
    expect(codes(await world.submit([receipt], { signedAt: '2025-01-01T00:00:00Z' }))).toEqual([
      'SIGNED_TIME_OUT_OF_RANGE',
    ]);
    Object.assign(world.ledger.facts, { msp: 'OtherMSP' });
    expect(codes(await world.submit([receipt]))).toEqual(['WRONG_MSP']);
  });

  it('refuses a lab that files evidence, and an enterprise that files for another', async () => {
    const { world, plan, report } = await january();
    const evidence = world.evidence(plan, report);
    const byLab = build({
      ...{ type: 'monthly-evidence' as const, content: evidence.record.content },
      issuer: lab.uscc,
      subject: evidence.record.subject,
    });
    expect(codes(await world.submit([byLab]))).toContain('NOT_ALLOWED_TO_FILE');
    expect(codes(await world.submit([evidence], { party: verifier.uscc }))).toEqual(['NOT_ALLOWED_TO_FILE']);
  });

  it('tells a replay as already anchored and a second first version as taken', async () => {
    const { world, receipt, report } = await january();
    expect(codes(await world.submit([receipt, report]))).toEqual(['ALREADY_ANCHORED', 'ALREADY_ANCHORED']);
    expect(codes(await world.submit([world.receipt('2024-01', '2024-02-05')]))).toEqual(['KEY_TAKEN']);
  });
});

describe('corrections', () => {
  const about = { reason: 'CORRECTION', statement: 'typing error' };

  it('opens a key for its next version, keeps the old record, and breaks what cited it', async () => {
    const { world, plan, report } = await january();
    const evidence = world.evidence(plan, report);
    await world.anchor([evidence]);
    const supersession = build({
      type: 'supersession',
      kind: 'supersession.monthly-evidence',
      issuer: enterprise.uscc,
      subject: evidence.record.subject,
      cites: { superseded: [evidence] },
      content: about,
    });
    const next = world.evidence(plan, report, { onGrid_MWh: '267813.900' });
    const second = build({
      type: 'monthly-evidence',
      version: 2,
      issuer: enterprise.uscc,
      subject: next.record.subject,
      content: next.record.content,
      cites: { ...world.rules, 'quality-control-plan': [plan], 'test-report': [report] },
      figures: Object.fromEntries(next.figures.map(({ name, value }) => [name, value])),
    });
    expect(codes(await world.submit([second]))).toEqual(['KEY_TAKEN']);
    await world.anchor([supersession, second]);
    expect((await world.ledger.records([evidence.id]))[0]).toMatchObject({ status: 'superseded' });
  });

  it('lets nobody cite a withdrawn report', async () => {
    const { world, plan, report } = await january();
    const revocation = build({
      type: 'revocation',
      kind: 'revocation.test-report',
      issuer: lab.uscc,
      subject: report.record.subject,
      cites: { revoked: [report] },
      content: about,
    });
    const stranger = build({
      type: 'revocation',
      kind: 'revocation.test-report',
      issuer: verifier.uscc,
      subject: report.record.subject,
      cites: { revoked: [report] },
      content: about,
    });
    expect(codes(await world.submit([stranger]))).toEqual(['NOT_ALLOWED_TO_FILE']);
    await world.anchor([revocation]);
    expect(codes(await world.submit([world.evidence(plan, report)]))).toEqual(['CITATION_NOT_CURRENT']);
  });
});

describe('a group of submissions', () => {
  it('refuses one and anchors the rest, later ones seeing earlier ones', async () => {
    const world = await TrialWorld.open();
    const receipt = world.receipt();
    const plan = world.plan();
    const bad = world.receipt('2024-02', '2024-02-31');
    const submissions = await Promise.all([sign([plan]), sign([bad]), sign([receipt]), sign([world.report(receipt)])]);
    const judgement = await world.ledger.submit(submissions, [plan, bad, receipt, world.report(receipt)]);
    expect(judgement.accepted).toHaveLength(3);
    expect(judgement.refused).toEqual([expect.objectContaining({ index: 1, code: 'BAD_RECORD' })]);
  });

  it('takes all records of a submission or none', async () => {
    const world = await TrialWorld.open();
    const good = world.receipt();
    const judgement = await world.submit([good, world.receipt('2024-02', 'never')]);
    expect(judgement.accepted).toHaveLength(0);
    expect(await world.ledger.head(good.key)).toBeUndefined();
  });

  it('refuses a record that an entry bundle of the log could not hold', async () => {
    const world = await TrialWorld.open();
    const plan = world.plan();
    const document = {
      role: 'x',
      name: 'n'.repeat(200),
      mediaType: 'text/csv',
      size: '1',
      sha256: `sha256:${'0'.repeat(64)}`,
      sm3: `sm3:${'0'.repeat(64)}`,
    };
    const huge = build({
      type: 'quality-control-plan',
      issuer: enterprise.uscc,
      subject: plan.record.subject,
      cites: world.rules,
      content: plan.record.content,
      documents: Array.from({ length: 200 }, () => document),
    });
    expect(codes(await world.submit([huge]))).toEqual(['TOO_LARGE']);
  });

  it('refuses figures that the record does not commit to', async () => {
    const { world, plan, report } = await january();
    const evidence = world.evidence(plan, report);
    const swapped = {
      ...evidence,
      figures: evidence.figures.map((figure) =>
        figure.name === 'onGrid_MWh' ? { ...figure, value: '1.000' } : figure,
      ),
    };
    expect(codes(await world.ledger.submit([await sign([evidence])], [swapped]))).toEqual(['FIGURES_ROOT_MISMATCH']);
  });
});

describe('EIP-712', () => {
  it('gives the digest and signer that ethers gives', async () => {
    const receipt = (await TrialWorld.open()).receipt();
    const signed = await signSubmission(
      { ledger: ledgerId, party: lab.uscc, records: [receipt.record], signedAt: time },
      trialSigner(lab.uscc),
    );
    const { digest, leafHashes } = digestSubmission(signed);
    const domain = { name: 'CarbonAuditLedger', version: '1', salt: `0x${ledgerId}` };
    const message = { party: lab.uscc, recordsRoot: leafHashes[0]!, recordCount: 1, signedAt: Date.parse(time) / 1000 };
    const types = { Submission: submissionTypes.Submission.map((field) => ({ ...field })) };
    expect(TypedDataEncoder.hash(domain, types, message)).toBe(`0x${Buffer.from(digest).toString('hex')}`);
    expect(verifyTypedData(domain, types, message, signed.signature).toLowerCase()).toBe(signed.keyId);
  });
});
