import fc from 'fast-check';
import { fromHex, toHex } from '../../bytes';
import { sha256 } from '../../digest';
import { recordTypes } from '../registry';
import {
  citedRecord,
  effectsOf,
  putParty,
  recordOf,
  someParties,
  toldOf,
  type RecordWords,
  type Situation,
} from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';
import { drawnSample } from './inspection';

const { enterprise, lab, verifier } = someParties;
const province = '11140000MA0TRYA04Q';
const plants = [enterprise, '91350100M000100Y43', '9144030071526726XG', '91330100799655058B'];
const seed = '5e'.repeat(32);
const commitment = toHex(sha256(fromHex(seed)));
const inspectors = ['A', 'B'].map((role) => ({ role, party: verifier }));
const plan = { basis: '专项检查', frame: plants, size: 2, rule: 'lowest-hash', commitment };
const drawn = drawnSample(seed, { frame: plants, size: 2 });
const covered = drawn.map((uscc) => ({ uscc, years: ['2024'] }));
const open = { ...plan, stage: 'open', seed, covered, inspectors, papers: ['晋环执法〔2025〕7号'] };

const promise: ContentPromise = {
  required: ['stage', 'basis', 'frame', 'size', 'rule', 'commitment'],
  texts: ['basis'],
  bad: [
    ['a stage in between', { stage: 'half' }, '/content/stage'],
    ['nobody to draw from', { frame: [] }, '/content/frame'],
    ['a plant whose check digit is wrong', { frame: ['91140000MA0FAKE010'] }, '/content/frame/0'],
    ['nobody drawn', { size: 0 }, '/content/size'],
    ['half a plant', { size: 1.5 }, '/content/size'],
    ['another way to draw', { rule: 'by-hand' }, '/content/rule'],
    ['a commitment of 31 bytes', { commitment: 'ab'.repeat(31) }, '/content/commitment'],
    ['a seed in capitals', { seed: 'AB'.repeat(32) }, '/content/seed'],
    ['a year of two digits', { covered: [{ uscc: enterprise, years: ['24'] }] }, '/content/covered/0/years/0'],
    ['one inspector', { inspectors: inspectors.slice(1) }, '/content/inspectors'],
    [
      'the name of an inspector',
      { inspectors: [...inspectors, { role: '李四', party: verifier }] },
      '/content/inspectors/2/role',
    ],
    ['no paper', { papers: [] }, '/content/papers'],
  ],
};

describe('the content of an inspection', () => {
  it.each(contentTable('inspection', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('inspection', content)).toEqual(faults);
  });
});

const planned = (content: Record<string, unknown> = {}, words: RecordWords = {}): ReturnType<typeof citedRecord> =>
  citedRecord('inspection', {
    issuer: province,
    subject: { uscc: province },
    ...words,
    content: { stage: 'plan', ...plan, ...content },
  });

/** By the province of the plants, with an inspector of its own. */
function inspecting(content: Record<string, unknown>, more: Situation = {}): Situation {
  return {
    ...{ issuer: province, subject: { uscc: province }, cited: { plan: [planned()] } },
    by: { uscc: province, kind: 'province-authority', region: '140000' },
    state: (view) => {
      for (const uscc of plants) putParty(view, uscc, { region: '140600' });
      putParty(view, verifier, { kind: 'inspector' });
      putParty(view, lab, { kind: 'lab' });
    },
    ...more,
    content,
  };
}

const told = (...args: Parameters<typeof inspecting>): Promise<string[]> => toldOf('inspection', inspecting(...args));

describe('a planned inspection', () => {
  const sealed = { stage: 'plan', ...plan };

  it.each(['seed', 'covered', 'inspectors', 'papers'] as const)('keeps its %s under seal', async (field) => {
    expect(await told(sealed)).toEqual([]);
    expect(await told({ ...sealed, [field]: open[field] })).toContain(`BAD_RECORD /content/${field}`);
  });

  it('draws from each plant once, and no more than there are', async () => {
    expect(await told({ ...sealed, frame: [enterprise, enterprise], size: 1 })).toEqual(['BAD_RECORD /content/frame']);
    expect(await told({ ...sealed, size: 4 })).toEqual([]);
    expect(await told({ ...sealed, size: 5 })).toEqual(['BAD_RECORD /content/size']);
  });

  it('draws from registered plants of its own region', async () => {
    const elsewhere = { by: { uscc: province, kind: 'province-authority' as const, region: '150000' } };
    expect(await told({ ...sealed, frame: [enterprise], size: 1 }, elsewhere)).toEqual([
      'NOT_ALLOWED_TO_FILE /content/frame/0',
    ]);
    const unknown = { state: () => undefined };
    expect(await told({ ...sealed, frame: [enterprise], size: 1 }, unknown)).toEqual([
      'NOT_ALLOWED_TO_FILE /content/frame/0',
    ]);
  });
});

describe('an opened inspection', () => {
  it.each(['seed', 'covered', 'inspectors', 'papers'] as const)('says its %s', async (field) => {
    expect(await told(open)).toEqual([]);
    expect(await told({ ...open, [field]: undefined })).toContain(`BAD_RECORD /content/${field}`);
  });

  it.each([
    ['basis', '别的依据'],
    ['frame', plants.slice(0, 3)],
    ['size', 1],
    ['commitment', 'ab'.repeat(32)],
  ])('is what was planned: another %s is refused', async (field, value) => {
    expect(await told({ ...open, [field]: value })).toContain(`BAD_RECORD /content/${field}`);
  });

  it('is the same inspection as its plan', async () => {
    const other = planned({}, { kind: 'inspection.2' });
    expect(await told(open, { cited: { plan: [other] } })).toEqual(['CITATION_MISMATCH /cites']);
  });

  it('opens with the seed that was sealed, and covers whom it draws', async () => {
    expect(await told({ ...open, seed: 'ff'.repeat(32) })).toEqual(['BAD_RECORD /content/seed']);
    const chosen = plants.filter((uscc) => !drawn.includes(uscc)).map((uscc) => ({ uscc, years: ['2024'] }));
    expect(await told({ ...open, covered: chosen })).toEqual(['BAD_RECORD /content/covered']);
    expect(await told({ ...open, covered: covered.slice(0, 1) })).toEqual(['BAD_RECORD /content/covered']);
    expect(await told({ ...open, covered: [...covered].reverse() })).toEqual([]);
  });

  it('is made by two persons at least (regulation art. 17), of inspecting parties', async () => {
    const twice = [inspectors[0], inspectors[0]];
    expect(await told({ ...open, inspectors: twice })).toEqual(['国令775 art. 17 /content/inspectors']);
    const ofLab = [inspectors[0], { role: 'C', party: lab }];
    expect(await told({ ...open, inspectors: ofLab })).toEqual(['PARTY_UNKNOWN /content/inspectors/1/party']);
    const ofProvince = [inspectors[0], { role: 'C', party: province }];
    expect(await told({ ...open, inspectors: ofProvince })).toEqual([]);
  });

  it('freezes each year of each plant that it covers; a plan freezes nothing', () => {
    const two = [{ uscc: enterprise, years: ['2023', '2024'] }];
    const freezes = effectsOf('inspection', { content: { covered: two } });
    expect(freezes).toMatchObject([
      { do: 'freeze', uscc: enterprise, year: '2023' },
      { do: 'freeze', uscc: enterprise, year: '2024' },
    ]);
    expect(effectsOf('inspection')).toEqual([]);
  });

  it('takes another step than its plan, which it cites', () => {
    const stages = (['plan', 'open'] as const).map((stage) => recordOf('inspection', { content: { stage } }));
    expect(stages.map((record) => recordTypes.inspection.filing?.(record))).toEqual(['filed', 'filed.open']);
    expect(stages.map((record) => recordTypes.inspection.cites(record).map(({ role }) => role))).toEqual([
      ['rule-set', 'screening-result'],
      ['plan', 'rule-set', 'screening-result'],
    ]);
  });
});

describe('the sample of a seed', () => {
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => toHex(bytes));

  it('is of plants of the frame, each once, the same in whatever order they stand', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 1, max: 4 }),
        fc.shuffledSubarray(plants, { minLength: 4 }),
        (one, size, order) => {
          const sample = drawnSample(one, { frame: order, size });
          expect(sample).toEqual(drawnSample(one, { frame: plants, size }));
          expect(new Set(sample).size).toBe(size);
          for (const uscc of sample) expect(plants).toContain(uscc);
          expect(drawnSample(one, { frame: plants, size: 4 })).toEqual(expect.arrayContaining(sample));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('may be any of them: a seed decides', () => {
    const found = new Set(
      Array.from(
        { length: 64 },
        (_, at) => drawnSample(at.toString(16).padStart(64, '0'), { frame: plants, size: 1 })[0],
      ),
    );
    expect(found).toEqual(new Set(plants));
  });
});
