import { buildRecord, type BuiltRecord, type RecordDraft } from '../build';
import { derivedSalts } from '../salt';
import { someParties } from './bench';
import { exampleOf } from './content-table';

const { enterprise, lab } = someParties;
const salts = derivedSalts(new Uint8Array(32));
const build = (draft: Partial<RecordDraft> & Pick<RecordDraft, 'type'>): BuiltRecord =>
  buildRecord(
    {
      issuer: enterprise,
      subject: { uscc: enterprise, unit: 'U1', period: '2024-01' },
      content: exampleOf(draft.type),
      ...draft,
    },
    salts,
  );

const formula = (id: string, expression: string, inputs: object): object => ({ id, expression, inputs });
const spec = (name: string, cases: readonly object[] = []): object => ({
  ...{ name, unit: 't', decimals: 2, visibility: 'private', required: false, stated: cases.length === 0, cases },
});

/** A year is the sum of its months; a month is fuel by the carbon that its laboratory found; and the sum of its days. */
const figures = {
  'monthly-evidence@unit': [
    spec('fuel_t'),
    spec('daily.fc_t.*'),
    spec('spare_t'),
    spec('emission_t', [
      formula('E', 'round(FC * C / 100, 2)', {
        FC: { from: 'self', figure: 'fuel_t' },
        C: { from: 'test-report', figure: 'Cad_pct' },
      }),
    ]),
    spec('days_t', [formula('D', 'sum(D)', { D: { from: 'self', figure: 'daily.fc_t.*' } })]),
  ],
  'annual-report@unit': [
    spec('emission_t', [formula('S', 'sum(E)', { E: { from: 'monthly-evidence', figure: 'emission_t' } })]),
  ],
};

const year = { uscc: enterprise, unit: 'U1', period: '2024' };
const methodology = build({
  type: 'methodology',
  subject: { ...year, unit: 'POWER' },
  content: { ...exampleOf('methodology'), figures },
});
const rules = { methodology: [methodology] };
const months = ['2024-01', '2024-02'].map((period, at) => {
  const subject = { ...year, period };
  const receipt = build({ type: 'sample-receipt', issuer: lab, subject });
  const report = build({
    type: 'test-report',
    issuer: lab,
    subject,
    cites: { 'sample-receipt': [receipt] },
    figures: { Cad_pct: '60.00', Mad_pct: '2.80' },
  });
  const evidence = build({
    type: 'monthly-evidence',
    subject,
    cites: { ...rules, 'test-report': [report] },
    figures: { fuel_t: `${String(at + 1)}00.00`, spare_t: '9.00', 'daily.fc_t.01': '1.00', 'daily.fc_t.02': '2.00' },
  });
  return { receipt, report, evidence };
});
const annual = build({
  type: 'annual-report',
  subject: year,
  cites: { ...rules, 'monthly-evidence': months.map(({ evidence }) => evidence) },
});

/** A year of two months under a methodology of three formulas: small enough to be computed in one's head. */
export const smallYear = {
  annual,
  months,
  methodology,
  /** In the order of their citations: a record comes after what it cites. */
  all: [methodology, ...months.flatMap(({ receipt, report, evidence }) => [receipt, report, evidence]), annual],
};
