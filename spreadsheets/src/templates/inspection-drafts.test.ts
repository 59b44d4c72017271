import { recordTypes, selfInspectionForms, shelvedRules } from '@carbon-ledger/core';
import { readWorkbook } from '../read-workbook';
import { readFiledForm, type FiledForm } from './file-form';
import { templateOf } from './forms';
import type { Filling, FormRules } from './spec';
import { writeTemplate } from './write';

const rules: FormRules = ((): FormRules => {
  const { sector, methodology } = shelvedRules('CN-ETS-POWER', '2024');
  return { sector, methodology };
})();
const uscc = '91140000MA0FAKE01X';
const lab = '91140100MA0FAKE2XU';
const declaration = [{ name: '（虚构）晋北示范发电有限公司', uscc, year: '2024', committed: 'true' }];

type Label = keyof typeof selfInspectionForms.items;

function read(label: Label, filling: Filling): FiledForm {
  const form = templateOf(`self-inspection-${label}`, rules);
  return readFiledForm(readWorkbook(writeTemplate(form, rules, filling)));
}

const answered = (label: Label, one: Readonly<Record<string, string>> = {}): Record<string, string>[] =>
  Object.keys(selfInspectionForms.items[label]).map((item) => ({
    ...{ item, answer: 'conforms' },
    ...(one['item'] === item ? one : {}),
  }));

describe('the workbook of a self-inspection (annexes 1 and 2)', () => {
  it.each(['enterprise', 'verifier'] as const)('of the %s comes back as the record that its type takes', (label) => {
    const { drafts, faults } = read(label, { declaration, items: answered(label) });
    expect(faults).toEqual([]);
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({ type: 'self-inspection', label, uscc, unit: '-', period: '2024', figures: {} });
    const { content } = recordTypes['self-inspection'];
    expect(content.safeParse(drafts[0]?.content).error?.issues).toBeUndefined();
  });

  it('tells a problem with what was done about it, and whose services were used', () => {
    const items = answered('enterprise', {
      ...{ item: 'sampling', answer: 'problem', note: '1 号机组', finding: '9月12日缺少采样记录' },
      ...{ measure: '补充采样并加强培训', corrected: 'true' },
    });
    const services = [{ provider: '某检测公司', uscc: lab, purpose: 'testing' }];
    const { drafts, faults } = read('enterprise', { declaration, items, services });
    expect(faults).toEqual([]);
    expect(drafts[0]?.content).toMatchObject({
      problems: [{ item: 'sampling', text: '9月12日缺少采样记录；整改措施：补充采样并加强培训', corrected: true }],
      services: [{ party: lab, purpose: 'testing' }],
      commitment: { truth: true, accuracy: true, completeness: true },
    });
    expect(drafts[0]?.content['items']).toContainEqual({ item: 'sampling', answer: 'problem', note: '1 号机组' });
    expect(drafts[0]?.cells).toEqual({ commitment: '基本信息与承诺!D4' });
  });

  it('is refused where it does not commit itself, says an item twice, or leaves one unanswered', () => {
    const items = [
      ...answered('enterprise').slice(1),
      { item: 'sampling', answer: 'conforms' },
      { item: 'fuel-consumption' },
    ];
    const { faults } = read('enterprise', { declaration: [{ ...declaration[0], committed: '否' }], items });
    expect(faults.map(({ code, cell }) => `${code} ${cell}`).sort()).toEqual([
      'CELL_EMPTY B12',
      'CELL_NOT_A_CHOICE D4',
      'ROW_TWICE A11',
    ]);
  });

  it('has a row for each item before anything is filled in', () => {
    const form = templateOf('self-inspection-verifier', rules);
    const sheets = readWorkbook(writeTemplate(form, rules)).sheets.filter(({ name }) => name === '自查内容');
    const texts = sheets[0]?.rows.slice(2).map(({ cells }) => cells.get(1)?.text);
    expect(texts).toEqual(Object.values(selfInspectionForms.items.verifier).map(({ zh }) => zh));
  });
});
