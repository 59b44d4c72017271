import { agendaOf, rulebooks, type BuiltRecord, type Judgement, type Rulebook } from '../..';
import { agendaSource } from '../../../../test/support/agenda-source';
import { build, enterprise, verifier } from '../../../../test/support/trial-world';
import { annualReports, reportedYear, type ReportedYear } from '../../../../test/support/trial-year';

type Content = Readonly<Record<string, unknown>>;
const subject = { uscc: enterprise.uscc, unit: 'U1', period: '2024' };
const classes = { 'calibration.class_pct.belt-scale': '0.5' };

const codes = (judgement: Judgement): string[] =>
  judgement.refused.flatMap(({ faults }) =>
    faults.map(({ code, path }) => `${code} ${path.replace('/records/0', '')}`),
  );

/** The words in which the tests speak of a verification. */
class Verification {
  /** @param classes the year's parameters, with the accuracy classes of meters or without */
  constructor(
    readonly year: ReportedYear,
    readonly classes: BuiltRecord,
  ) {}

  static async open(): Promise<Verification> {
    const year = await reportedYear();
    const parameters = year.world.parametersWith(classes);
    await year.world.anchor([parameters]);
    return new Verification(year, parameters);
  }

  static async withoutClasses(): Promise<Verification> {
    const year = await reportedYear();
    return new Verification(year, year.world.parameters);
  }

  nonconformity(content: Content = {}, number = '1', annual = this.year.annual): BuiltRecord {
    return build({
      type: 'nonconformity',
      kind: `nonconformity.${number}`,
      issuer: verifier.uscc,
      subject,
      cites: { 'annual-report': [annual], evidence: [this.year.months[8] ?? annual] },
      content: {
        ...{ clause: '5.2.1', figure: 'coalConsumption_t', finding: '皮带秤未按期校验', cause: '合同到期' },
        ...{ found: '2025-05-12', answerBy: '2025-05-26' },
        ...content,
      },
    });
  }

  conservative(nonconformity: BuiltRecord, content: Content = {}, figures: Record<string, string> = {}): BuiltRecord {
    const { annual, months } = this.year;
    return build({
      type: 'nonconformity-response',
      kind: 'nonconformity-response.1',
      issuer: enterprise.uscc,
      subject,
      cites: {
        nonconformity: [nonconformity],
        'annual-report': [annual],
        parameters: [this.classes],
        evidence: [months[8] ?? annual],
      },
      content: { outcome: 'conservative', measure: '保守估算', calibration: 'late', meter: 'belt-scale', ...content },
      figures: { uncovered_t: '80000.00', ...figures },
    });
  }

  conclusion(content: Content, cites: Record<string, BuiltRecord[]> = {}, annual = this.year.annual): BuiltRecord {
    return build({
      type: 'verification-conclusion',
      issuer: verifier.uscc,
      subject,
      cites: {
        methodology: [this.year.world.methodology],
        parameters: [this.classes],
        'annual-report': [annual],
        ...cites,
      },
      content: { reportNo: 'V-1', result: 'confirmed', conformity: { guideline: true, plan: true }, ...content },
    });
  }

  changed(response: BuiltRecord): Content {
    const before = this.year.annual.record.totals['emission_tCO2']?.value ?? '';
    const more = Math.round(Number(response.record.totals['increase_tCO2']?.value));
    const after = String(Number(before) + more);
    const row = { figure: 'emission_tCO2', before, after, same: false, reason: '保守估算' };
    return { result: 'changed', reason: '皮带秤未按期校验', confirmed: [row] };
  }

  async state(process: string, { key }: BuiltRecord): Promise<string | undefined> {
    return (await this.year.world.ledger.get('case', `${process}/${key}`))?.s;
  }
}

describe('a nonconformity', () => {
  it('holds the conclusion up until it is answered, and is closed by it', async () => {
    const verification = await Verification.open();
    const { world, annual } = verification.year;
    const nonconformity = verification.nonconformity();
    await world.anchor([nonconformity]);
    expect(await verification.state('annual-report', annual)).toBe('NONCONFORMITY');
    const early = verification.conclusion({}, { nonconformity: [] });
    expect(codes(await world.submit([early]))).toEqual(['STATE_CONFLICT /cites']);

    const response = verification.conservative(nonconformity);
    await world.anchor([response]);
    expect(await verification.state('nonconformity', nonconformity)).toBe('CONSERVATIVE');
    expect(await verification.state('annual-report', annual)).toBe('CONSERVATIVE');
    const silent = verification.conclusion({});
    expect(codes(await world.submit([silent]))).toEqual(['CITATION_MISSING /cites']);
    const cites = { nonconformity: [nonconformity], 'conservative-estimate': [response] };
    const conclusion = verification.conclusion(verification.changed(response), cites);
    await world.anchor([conclusion]);
    expect(await verification.state('nonconformity', nonconformity)).toBe('CLOSED');
    expect(await verification.state('annual-report', annual)).toBe('CONCLUDED');
  });

  it('alone asks the enterprise for an answer, until its day, and its verifier for the conclusion', async () => {
    const verification = await Verification.open();
    const { world } = verification.year;
    const inbox = async (uscc: string): Promise<string[]> => {
      const party = (await world.ledger.get('party', uscc))!;
      const source = agendaSource(world.ledger);
      const { duties } = await agendaOf(rulebooks.get(1) as Rulebook, source, { uscc, party }, '2025-05-20T00:00:00Z');
      return duties
        .filter(({ key }) => /annual-report|nonconformity/.test(key))
        .map(({ step, key, until }) => [step, key.slice(19), until ?? '-'].join(' '));
    };
    expect(await inbox(enterprise.uscc)).toEqual([]);
    const nonconformity = verification.nonconformity();
    await world.anchor([nonconformity]);
    expect(await inbox(enterprise.uscc)).toEqual([
      'nonconformity-response:corrected U1/2024/nonconformity.1 2025-05-26',
    ]);
    await world.anchor([verification.conservative(nonconformity)]);
    expect(await inbox(enterprise.uscc)).toEqual([]);
    expect(await inbox(verifier.uscc)).toContain('verification-conclusion U1/2024/annual-report 2025-06-30');
  });

  it('is estimated by the calibration rule, which the ledger recomputes', async () => {
    const verification = await Verification.open();
    const nonconformity = verification.nonconformity();
    await verification.year.world.anchor([nonconformity]);
    const late = verification.conservative(nonconformity);
    // 80,000 t read without a valid calibration, × 0.5 % of the class.
    const excess = late.figures.find(({ name }) => name === 'excess_t');
    expect(excess?.value).toBe('400.00');
    const worse = { calibration: 'out-of-class' };
    const found = verification.conservative(nonconformity, worse, { foundError_pct: '1.30' });
    // (1.3 − 0.5) % of it, for a meter that was found worse.
    expect(found.figures.find(({ name }) => name === 'excess_t')?.value).toBe('640.00');
    await verification.year.world.anchor([found]);
  });

  describe('is not answered by', () => {
    let verification: Verification;
    let nonconformity: BuiltRecord;
    beforeAll(async () => {
      verification = await Verification.open();
      nonconformity = verification.nonconformity();
      await verification.year.world.anchor([nonconformity]);
    });

    it.each([
      ['more than was burnt', {}, { uncovered_t: '999999.00' }, 'RULE_REFUSED /figures/uncovered_t'],
      ['less than nothing', {}, { uncovered_t: '-1.00' }, 'RULE_REFUSED /figures/uncovered_t'],
      ['an estimate that favours the plant', {}, { excess_t: '1.00' }, 'FIGURE_MISMATCH /figures/excess_t'],
      ['an error nobody found', {}, { foundError_pct: '1.00' }, 'RULE_REFUSED /figures/foundError_pct'],
      [
        'an error within the class',
        { calibration: 'out-of-class' },
        { foundError_pct: '0.40' },
        'RULE_REFUSED /figures/foundError_pct',
      ],
      ['a meter without a class', { meter: 'guess' }, {}, 'FIGURE_MISSING /figures/requiredClass_pct'],
    ] as [string, Content, Record<string, string>, string][])('%s', async (_, content, figures, expected) => {
      const response = verification.conservative(nonconformity, content, figures);
      expect(codes(await verification.year.world.submit([response]))).toContain(expected);
    });

    it('an estimate of no meter, or under the number of another', async () => {
      const response = verification.conservative(nonconformity);
      const content = { ...response.record.content };
      delete content['meter'];
      const bare = { ...response, record: { ...response.record, content } };
      expect(codes(await verification.year.world.submit([bare]))).toContain('BAD_RECORD /content/meter');
      const other = { ...response, record: { ...response.record, kind: 'nonconformity-response.2' } };
      expect(codes(await verification.year.world.submit([other]))).toContain('BAD_RECORD /kind');
    });
  });

  it('is corrected by a supersession, after which the report begins again', async () => {
    const verification = await Verification.withoutClasses();
    const { world, annual, plan, months } = verification.year;
    const nonconformity = verification.nonconformity();
    await world.anchor([nonconformity]);
    const supersession = world.supersession(annual);
    await world.anchor([supersession]);
    const [next] = annualReports(world, plan, months, 2);
    await world.anchor([next]);
    const response = build({
      type: 'nonconformity-response',
      kind: 'nonconformity-response.1',
      issuer: enterprise.uscc,
      subject,
      cites: { nonconformity: [nonconformity], 'annual-report': [next], supersession: [supersession] },
      content: { outcome: 'corrected', measure: '补充盘存记录' },
    });
    await world.anchor([response]);
    expect(await verification.state('annual-report', next)).toBe('CORRECTED');
    const cites = { nonconformity: [nonconformity], correction: [response] };
    await world.anchor([verification.conclusion({}, cites, next)]);
    expect(await verification.state('annual-report', next)).toBe('CONCLUDED');
  });

  it('is numbered by its verifier, and says nothing of figures that are not there', async () => {
    const verification = await Verification.open();
    const { world } = verification.year;
    const attempts: [BuiltRecord, string][] = [
      [verification.nonconformity({}, '0'), 'BAD_RECORD /kind'],
      [verification.nonconformity({}, 'x'), 'BAD_RECORD /kind'],
      [verification.nonconformity({ figure: 'no_such' }, '1'), 'BAD_RECORD /content/figure'],
      [verification.nonconformity({ found: '2099-01-01', answerBy: '2099-02-01' }, '1'), 'BAD_RECORD /content/found'],
      [verification.nonconformity({ answerBy: '2025-05-01' }, '1'), 'BAD_RECORD /content/answerBy'],
    ];
    for (const [attempt, code] of attempts) expect(codes(await world.submit([attempt]))).toEqual([code]);
    await world.anchor([verification.nonconformity({}, '1')]);
    await world.anchor([verification.nonconformity({}, '2')]);
  });
});
