import fc from 'fast-check';
import { canonicalize } from '../canonical';
import { fromHex, utf8Encode } from '../bytes';
import { codeOf } from '../../../test/support/code-of';
import { coalPower, coalPowerParameters } from '../methodology';
import { businessKey, figuresRoot, parseRecord, recordId, verifyFigures } from '../records';
import {
  buildRecord,
  derivedSalts,
  figureSpecsOf,
  parseContent,
  scopeOf,
  type BuiltRecord,
  type RecordDraft,
  type SaltSource,
} from '.';
import { exampleOf } from './testing/content-table';
import { recordOf, someParties } from './testing/bench';

const { enterprise, lab } = someParties;
const salts = derivedSalts(utf8Encode('a secret of the filer'));
const build = (draft: Partial<RecordDraft> & Pick<RecordDraft, 'type'>, salt: SaltSource = salts): BuiltRecord =>
  buildRecord(
    {
      issuer: enterprise,
      subject: { uscc: enterprise, unit: 'U1', period: '2024-01' },
      content: exampleOf(draft.type),
      ...draft,
    },
    salt,
  );

const rule = { issuer: '91350100M000100Y43', subject: { uscc: '91350100M000100Y43', unit: 'POWER', period: '2024' } };
const methodology = build({ type: 'methodology', ...rule, content: { ...coalPower('2024') } });
const parameters = build({ type: 'parameter', ...rule, content: { ...coalPowerParameters('2024') } });

const coal = {
  coalConsumption_t: '115272.04',
  NCVar_GJ_t: '21.496',
  Mar_pct: '12.34',
  generation_MWh: '283041.600',
  heatSupply_GJ: '0.00',
  operatingHours_h: '744.00',
  onGrid_MWh: '267813.962',
  purchasedPower_MWh: '18.600',
};
const plan = build({
  type: 'quality-control-plan',
  subject: { uscc: enterprise, unit: 'U1', period: '2024' },
  cites: { methodology: [methodology] },
});
const month = (figures: Record<string, string> = {}, more: Partial<RecordDraft> = {}): BuiltRecord =>
  build({
    type: 'monthly-evidence',
    content: { ...exampleOf('monthly-evidence'), carbonBasis: 'default' },
    cites: { methodology: [methodology], parameters: [parameters], 'quality-control-plan': [plan] },
    figures: { ...coal, ...figures },
    ...more,
  });

describe('a record that is made from a draft', () => {
  it('is well formed, has the id of its bytes, the key of its subject, and the root of its figures', () => {
    const { record, id, key, figures } = month();
    expect(parseRecord(record)).toBe(record);
    parseContent(record);
    expect([id, key]).toEqual([recordId(record), businessKey(record)]);
    verifyFigures(record.figuresRoot, figures);
    expect(record.figuresRoot).toBe(figuresRoot(figures));
  });

  it('carries its members in canonical order', () => {
    const { record, figures } = month();
    expect(JSON.stringify(record)).toBe(canonicalize(record));
    expect(JSON.stringify(figures)).toBe(canonicalize(figures));
  });

  it('has the figures that the methodology gives, computed from those that are stated', () => {
    const { figures } = month();
    const value = (name: string): string | undefined => figures.find((figure) => figure.name === name)?.value;
    expect([value('Car_tC_t'), value('loadFactor_pct')]).toEqual(['0.6632', '60.39']);
    expect(figures.find(({ name }) => name === 'Car_tC_t')?.formula).toBe('Car.default');
    expect(figures.find(({ name }) => name === 'Mar_pct')?.formula).toBeUndefined();
  });

  it('keeps a figure that is stated, even a wrong one: judging is the ledger’s work', () => {
    const { figures } = month({ loadFactor_pct: '1.00' });
    expect(figures.find(({ name }) => name === 'loadFactor_pct')?.value).toBe('1.00');
  });

  it('has no figure that its type or methodology does not know', () => {
    for (const name of ['strange_t', 'toString', 'coalConsumption_tt'])
      expect(codeOf(() => month({ [name]: '1' }))).toBe('FIGURE_UNKNOWN');
  });

  it('leaves out what cannot be computed yet', () => {
    const draft = month({}, { figures: { coalConsumption_t: '100.00' } });
    expect(draft.figures.map(({ name }) => name)).not.toContain('loadFactor_pct');
  });

  it('puts public figures in its totals and no others', () => {
    const content = exampleOf('ccer-cancellation');
    const made = build({ type: 'ccer-cancellation', content, figures: { ccerQty_tCO2: '45000' } });
    expect(made.record.totals).toEqual({ ccerQty_tCO2: { value: '45000', unit: 'tCO2' } });
    expect([made.figures, made.record.figuresRoot]).toEqual([[], null]);
    const report = build({ type: 'test-report', issuer: lab, figures: { Mad_pct: '2.84' } });
    expect([report.record.totals, report.figures.length]).toEqual([{}, 1]);
  });

  it('cites by role, in the order of the cited keys', () => {
    const [u2, u1] = ['U2', 'U1'].map((unit) =>
      build({ type: 'sample-receipt', subject: { uscc: enterprise, unit, period: '2024-01' } }),
    );
    const { record } = build({ type: 'test-report', cites: { 'sample-receipt': [u2!, u1!] } });
    expect(record.cites).toEqual([u1!, u2!].map(({ id, key }) => ({ key, record: id, role: 'sample-receipt' })));
  });

  it('is of its type where no kind is named, of version 1, and without readers where none are', () => {
    const { record } = build({ type: 'sample-receipt', readers: [] });
    expect([record.kind, record.version, 'readers' in record]).toEqual(['sample-receipt', 1, false]);
    const other = build({ type: 'sample-receipt', kind: 'sample-receipt.b', version: 3, readers: [lab] }).record;
    expect([other.kind, other.version, other.readers]).toEqual(['sample-receipt.b', 3, [lab]]);
  });

  it('is the same again from the same draft and secret, and another from another secret', () => {
    expect(month()).toEqual(month());
    const other = month({}, {});
    const foreign = buildRecord(
      {
        type: 'test-report',
        issuer: lab,
        subject: other.record.subject,
        content: exampleOf('test-report'),
        figures: { Mad_pct: '2.84' },
      },
      derivedSalts(utf8Encode('another secret')),
    );
    const own = build({ type: 'test-report', issuer: lab, figures: { Mad_pct: '2.84' } });
    expect(foreign.record.figuresRoot).not.toBe(own.record.figuresRoot);
  });

  it('is seen by formulas with its totals and figures alike', () => {
    const made = month();
    const scope = scopeOf(made);
    expect([scope.id, scope.key, scope.cited.size]).toEqual([made.id, made.key, 0]);
    for (const { name, value } of made.figures) expect(scope.figures.get(name)?.value).toBe(value);
  });
});

describe('the figures that a record carries', () => {
  it('are those of its type, or those of the methodology that it cites for its level', () => {
    expect(figureSpecsOf(recordOf('test-report'), undefined).map(({ name }) => name)).toContain('Cad_pct');
    expect(figureSpecsOf(recordOf('monthly-evidence'), undefined)).toEqual([]);
    const unit = figureSpecsOf(recordOf('monthly-evidence'), coalPower('2024')).map(({ name }) => name);
    const plant = figureSpecsOf(recordOf('monthly-evidence', { subject: { unit: 'PLANT' } }), coalPower('2024')).map(
      ({ name }) => name,
    );
    expect(unit).toContain('coalConsumption_t');
    expect(plant).toContain('opening_t');
    expect(plant).not.toContain('coalConsumption_t');
  });
});

describe('salts derived from a secret', () => {
  const text = fc.string({ maxLength: 12 });

  it('are sixteen bytes, always the same for one figure of one version, and of no other', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 99 }), text, (key, version, figure) => {
        const salt = salts(key, version, figure);
        expect(fromHex(salt)).toHaveLength(16);
        expect(salts(key, version, figure)).toBe(salt);
        const others = [
          salts(`${key}x`, version, figure),
          salts(key, version + 1, figure),
          salts(key, version, `${figure}x`),
        ];
        expect(new Set([salt, ...others]).size).toBe(4);
        expect(derivedSalts(utf8Encode('b'))(key, version, figure)).not.toBe(salt);
      }),
    );
  });

  it('never fall together for business keys, versions and figure names as records have them', () => {
    const seen = new Set<string>();
    const keys = ['1', '11'].flatMap((unit) =>
      ['2024', '2024-11'].map((period) => `${enterprise}/U${unit}/${period}/monthly-evidence`),
    );
    for (const key of keys)
      for (const version of [1, 11, 111])
        for (const figure of ['a', 'a1', 'a11', '1a']) seen.add(salts(key, version, figure));
    expect(seen.size).toBe(4 * 3 * 4);
  });
});
