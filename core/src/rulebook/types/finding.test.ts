import type { RecordScope } from '../../methodology/scope';
import { recordTypes } from '../registry';
import { citedRecord, effectsOf, recordOf, someParties, toldOf, undoOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';

const { enterprise, lab, verifier } = someParties;
const province = '11140000MA0TRYA04Q';
const [bound] = exampleOf('finding')['figures'] as readonly Record<string, unknown>[];
const withFigure = (change: Record<string, unknown>): Record<string, unknown> => ({
  figures: [{ ...bound, ...change }],
});
const promise: ContentPromise = {
  required: ['clause', 'seen', 'figures', 'documents'],
  texts: ['clause', 'seen'],
  bad: [
    ['a figure of no record', withFigure({ record: '' }), '/content/figures/0/record'],
    ['decimals below nothing', withFigure({ decimals: -1 }), '/content/figures/0/decimals'],
    ['13 decimals', withFigure({ decimals: 13 }), '/content/figures/0/decimals'],
    ['41 figures', { figures: Array.from({ length: 41 }, () => bound) }, '/content/figures'],
    [
      'a document of 201 characters',
      { documents: [{ record: 'x', document: 'x'.repeat(201) }] },
      '/content/documents/0/document',
    ],
  ],
};

describe('the content of a finding', () => {
  it.each(contentTable('finding', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('finding', content)).toEqual(faults);
  });
});

const digests = { sha256: `sha256:${'0'.repeat(64)}`, sm3: `sm3:${'0'.repeat(64)}` };
const paper = { role: 'x', name: '读数.csv', mediaType: 'text/csv', size: '1', ...digests };
const month = citedRecord('monthly-evidence', {
  subject: { period: '2024-09' },
  documents: [paper],
  figures: { coalConsumption_t: '115272.04' },
});
const inspected = (change: Record<string, unknown> = {}): RecordScope =>
  citedRecord('inspection', {
    ...{ issuer: province, subject: { uscc: province } },
    content: {
      covered: [{ uscc: enterprise, years: ['2024'] }],
      inspectors: [
        { role: 'A', party: verifier },
        { role: 'B', party: verifier },
      ],
      ...change,
    },
  });

interface Finding extends Situation {
  readonly inspection?: RecordScope;
  readonly role?: 'evidence' | 'questioned';
}

function told({ inspection = inspected(), role = 'evidence', ...more }: Finding = {}): Promise<string[]> {
  return toldOf('finding', {
    ...{
      issuer: verifier,
      subject: { period: '2024-09' },
      figures: { 'anchored.1': '115272.04', atStake_tCO2: '450' },
    },
    ...more,
    content: { figures: [{ record: month.key, figure: 'coalConsumption_t', unit: '', decimals: 2 }], ...more.content },
    cited: { inspection: [inspection], [role]: [month] },
  });
}

describe('a finding', () => {
  it.each(['evidence', 'questioned'] as const)('binds to a figure of its %s, as it was anchored', async (role) => {
    expect(await told({ role })).toEqual([]);
    const other = { figures: { 'anchored.1': '115272.05' } };
    expect(await told({ role, ...other })).toEqual(['FIGURE_MISMATCH /figures/anchored.1']);
    expect(await told({ role, figures: {} })).toEqual(['FIGURE_MISMATCH /figures/anchored.1']);
  });

  it('names figures that are there, of records that it cites, in their unit', async () => {
    const figure = { record: month.key, figure: 'coalConsumption_t', unit: '', decimals: 2 };
    const of = (change: object): Promise<string[]> => told({ content: { figures: [{ ...figure, ...change }] } });
    expect(await of({ figure: 'weather' })).toEqual(['BAD_RECORD /content/figures/0']);
    expect(await of({ record: month.key.replace('09', '10') })).toEqual(['BAD_RECORD /content/figures/0']);
    expect(await of({ unit: 'kg' })).toEqual(['BAD_RECORD /content/figures/0/unit']);
  });

  it('binds to a figure or a document, and to documents that are there', async () => {
    const documents = [{ record: month.key, document: '读数.csv' }];
    expect(await told({ content: { figures: [], documents } })).toEqual([]);
    expect(await told({ content: { figures: [], documents: [] } })).toEqual(['BAD_RECORD /content/figures']);
    const lost = [{ record: month.key, document: '别的.csv' }];
    expect(await told({ content: { figures: [], documents: lost } })).toEqual(['BAD_RECORD /content/documents/0']);
  });

  it('is of an inspector whom the inspection names, or of the authority that made it', async () => {
    expect(await told({ issuer: lab })).toEqual(['NOT_ALLOWED_TO_FILE /issuer']);
    expect(await told({ issuer: province })).toEqual([]);
  });

  it('is about a plant and a year that the inspection covers', async () => {
    expect(await told({ subject: { period: '2023-09' } })).toEqual(['NOT_ALLOWED_TO_FILE /subject']);
    expect(await told({ subject: { period: '2024' } })).toEqual([]);
    const elsewhere = inspected({ covered: [{ uscc: lab, years: ['2024'] }] });
    expect(await told({ inspection: elsewhere })).toEqual(['NOT_ALLOWED_TO_FILE /subject']);
    expect(await told({ inspection: inspected({ covered: undefined }) })).toEqual(['NOT_ALLOWED_TO_FILE /subject']);
  });

  it('has a private figure for each that it binds to, with what was found instead, and what is at stake', () => {
    const record = recordOf('finding', { content: { figures: [bound, { ...bound, decimals: 4 }] } });
    const specs = recordTypes.finding.figures?.(record) ?? [];
    expect(specs.map(({ name, decimals, required }) => `${name} ${String(decimals)} ${String(required)}`)).toEqual([
      'atStake_tCO2 0 true',
      'anchored.1 2 true',
      'found.1 2 false',
      'anchored.2 4 true',
      'found.2 4 false',
    ]);
    expect(new Set(specs.map(({ visibility }) => visibility))).toEqual(new Set(['private']));
  });

  it('stands in the docket of its inspection until it is withdrawn', () => {
    const inspection = inspected();
    const item = `${enterprise}/U1/2024/finding.1`;
    const words = { cited: { inspection: [inspection] } };
    expect(effectsOf('finding', words)).toEqual([{ do: 'enter-item', docket: inspection.key, item }]);
    expect(undoOf('finding', words)).toEqual([{ do: 'strike-item', docket: inspection.key, item }]);
    expect([effectsOf('finding'), undoOf('finding')]).toEqual([[], []]);
  });
});
