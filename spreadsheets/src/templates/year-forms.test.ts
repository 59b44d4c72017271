import { recordTypes, shelvedRules } from '@carbon-ledger/core';
import { readWorkbook } from '../read-workbook';
import { headerOf } from '../tables/spec';
import { readFiledForm, type FiledForm } from './file-form';
import { templateOf } from './forms';
import { templateKinds, type TemplateKind } from '../kinds';
import type { FormRules, Filling } from './spec';
import { writeTemplate } from './write';

const uscc = '91140000MA0FAKE01X';
const rules: FormRules = ((): FormRules => {
  const { sector, methodology } = shelvedRules('CN-ETS-POWER', '2024');
  return { sector, methodology };
})();

function readBack(kind: TemplateKind, filling: Filling): FiledForm {
  return readFiledForm(readWorkbook(writeTemplate(templateOf(kind, rules), rules, filling)));
}

const told = ({ faults }: FiledForm): string[] => faults.map(({ code, sheet, cell }) => `${code} ${sheet} ${cell}`);

describe('the workbook of the annual report', () => {
  const unit = { year: '2024', title: '2024 年度排放报告' };
  const filling = {
    units: [
      { unit: 'U1', ...unit },
      { unit: 'U2', ...unit },
    ],
    plant: [unit],
  };

  it('comes back as the reports of its units and of the plant, which its type takes', () => {
    const { drafts, faults } = readBack('annual-report', filling);
    expect(faults).toEqual([]);
    expect(drafts.map((one) => [one.type, one.unit, one.period])).toEqual([
      ['annual-report', 'U1', '2024'],
      ['annual-report', 'U2', '2024'],
      ['annual-report', 'PLANT', '2024'],
    ]);
    // Nobody is named as its preparer: it was prepared by the enterprise itself.
    for (const { content } of drafts)
      expect(recordTypes['annual-report'].content.safeParse(content).error?.issues).toBeUndefined();
  });

  it('keeps the cell of a figure that is stated though it follows from others', () => {
    const [figure] = rules.methodology.figures['annual-report@unit']?.filter(({ unit: of }) => of === 'tCO2') ?? [];
    const name = figure?.name ?? '';
    const [draft] = readBack('annual-report', { units: [{ unit: 'U1', ...unit, [name]: '4146356.5' }] }).drafts;
    expect(draft?.figures).toEqual({ [name]: '4146356.50' });
    expect(draft?.cells[name]).toBe("'机组（产线）'!I4");
  });

  it.each([
    ['named otherwise', ['U1', 'PLANT'], { plant: [unit] }],
    ['taken out', ['U1'], undefined],
  ] as const)('reads no sheet as two tables, where that of the plant is %s', (_, expected, named) => {
    const whole = readWorkbook(
      writeTemplate(templateOf('annual-report', rules), rules, { units: [{ unit: 'U1', ...unit }], ...named }),
    );
    const sheets = whole.sheets.flatMap((sheet) =>
      sheet.name !== '全厂' ? [sheet] : named === undefined ? [] : [{ ...sheet, name: 'Sheet2' }],
    );
    const { drafts, faults, notes } = readFiledForm({ ...whole, sheets });
    expect([faults, notes]).toEqual([[], []]);
    expect(drafts.map((one) => one.unit)).toEqual(expected);
  });

  it('is refused at every cell that is wrong: a unit twice, a year that is none, decimals beyond the rule', () => {
    const wrong = {
      ...filling,
      units: [
        { unit: 'U1', ...unit },
        { unit: 'U1', ...unit },
        { unit: 'U3', year: '24', title: 'x' },
      ],
    };
    const codes = told(readBack('annual-report', wrong));
    expect(codes).toHaveLength(2);
    expect(codes).toEqual(expect.arrayContaining([expect.stringMatching(/^ROW_TWICE 机组（产线） A5$/)]));
  });
});

describe('the workbook of an offset application (annex 4)', () => {
  const applicant = {
    ...{ uscc, year: '2024', enterpriseName: '（虚构）晋北示范发电有限公司', declared: '是' },
    ...{ ccerAccount: 'FIC-CCER-0000001', allowanceAccount: 'FIC-CEA-0000001' },
    ...{ obligation_t: '4146356', applied_t: '45000', share_pct: '1.09' },
    ...{ contact: '张三', telephone: '0351-0000000', mail: 'x@example.org' },
  };
  const projects = [
    { projectRef: 'FIC-A', qty: '40000' },
    { projectRef: 'FIC-B', qty: '5000' },
  ];

  it('comes back as one application with its projects, without the contacts', () => {
    const { drafts, faults } = readBack('offset-application', { application: [applicant], projects });
    expect(faults).toEqual([]);
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({ type: 'offset-application', uscc, unit: 'PLANT', period: '2024' });
    const read = recordTypes['offset-application'].content.safeParse(drafts[0]?.content);
    expect(read.error?.issues).toBeUndefined();
    expect(read.data).toMatchObject({
      enterpriseName: applicant.enterpriseName,
      applied_t: '45000',
      share_pct: '1.09',
      rows: projects,
      declared: true,
    });
    expect(JSON.stringify(drafts[0]?.content)).not.toContain('张三');
  });

  it('is refused at every cell that is wrong', () => {
    const wrong = { ...applicant, applied_t: '45000.5', uscc: '91140000MA0FAKE010' };
    const faults = told(
      readBack('offset-application', { application: [wrong], projects: [{ projectRef: 'FIC-A', qty: '' }] }),
    );
    expect(faults).toHaveLength(3);
    expect(faults.every((one) => /^[A-Z_]+ (?:申请单位|抵销项目) [A-Z]+[34]$/.test(one))).toBe(true);
  });
});

it.each(templateKinds)('%s asks nothing twice: such a form could never be handed in', (kind) => {
  for (const { columns } of templateOf(kind, rules).tables) {
    const headers = columns.map(headerOf);
    expect(new Set(headers).size).toBe(headers.length);
  }
});
