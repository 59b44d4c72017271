import { noOffset } from '../offset-account';
import { recordTypes } from '../registry';
import {
  citedParameters,
  citedRecord,
  effectsOf,
  recordOf,
  someParties,
  toldOf,
  type Situation,
} from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['decision'],
  optional: { confirmed_t: '1', reason: '材料不全' },
  texts: ['reason'],
  bad: [
    ['a decision between the two', { decision: 'partly' }, '/content/decision'],
    ['no tonnes', { confirmed_t: '0' }, '/content/confirmed_t'],
    ['tonnes with decimals', { confirmed_t: '1.5' }, '/content/confirmed_t'],
    ['a negative amount', { confirmed_t: '-1' }, '/content/confirmed_t'],
  ],
};

describe('the content of an offset confirmation', () => {
  it.each(goodContents('offset-confirmation', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('offset-confirmation', content)).toEqual([]);
  });
  it.each(badContents('offset-confirmation', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('offset-confirmation', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

/** Of an application for 60000 t, with a cap of 70000 t on what is verified now. */
function deciding(content: Record<string, unknown>, due = '1400000'): Situation {
  const values = { ccerCapRate: { value: '0.05', unit: '1', source: '…' } };
  return {
    content,
    cited: {
      parameters: [citedRecord('parameter', { content: { values } })],
      'verification-conclusion': [citedRecord('verification-conclusion', { figures: { verifiedEmission_tCO2: due } })],
      application: [citedRecord('offset-application')],
    },
  };
}

const faults = (...args: Parameters<typeof deciding>): Promise<string[]> =>
  toldOf('offset-confirmation', deciding(...args));

describe('an offset confirmation', () => {
  it.each(['1', '59999', '60000'])('confirms %s t of the 60000 t that were applied for', async (confirmed_t) => {
    expect(await faults({ confirmed_t })).toEqual([]);
  });

  it('confirms no more than was applied for (R-L32)', async () => {
    expect(await faults({ confirmed_t: '60001' })).toEqual(['R-L32 /content/confirmed_t']);
  });

  it('confirms no more than the cap on what is verified now (R-L21)', async () => {
    expect(await faults({ confirmed_t: '60000' }, '1199999')).toEqual(['OVER_CAP /content/confirmed_t']);
    expect(await faults({ confirmed_t: '59999' }, '1199999')).toEqual([]);
  });

  it('says how much it confirms, or why it refuses, and never both', async () => {
    const confirmed_t = undefined;
    expect(await faults({ confirmed_t })).toEqual(['BAD_RECORD /content/confirmed_t']);
    expect(await faults({ decision: 'refuse', confirmed_t })).toEqual(['BAD_RECORD /content/reason']);
    expect(await faults({ decision: 'refuse', confirmed_t, reason: '材料不全' })).toEqual([]);
    expect(await faults({ decision: 'refuse', confirmed_t: '5' })).toEqual([
      'BAD_RECORD /content/reason',
      'BAD_RECORD /content/confirmed_t',
    ]);
  });

  it('sets what may be cancelled for the year, and a refusal that nothing may be', () => {
    // Parameters that name no days bound nothing.
    const terms = { freeze: false };
    expect(effectsOf('offset-confirmation', { content: { confirmed_t: '7' } })).toEqual([
      { do: 'offset', uscc: someParties.enterprise, year: '2024', confirmed: '7', rows: {}, terms },
    ]);
    expect(effectsOf('offset-confirmation', { content: { decision: 'refuse', confirmed_t: undefined } })).toEqual([
      { do: 'unconfirm', uscc: someParties.enterprise, year: '2024' },
    ]);
  });

  it('sets what the form names of each project, and what the parameters of the year ask', () => {
    const rows = [
      { projectRef: 'A-1', qty: '5' },
      { projectRef: 'a1', qty: '2' },
    ];
    const value = (one: string): object => ({ value: one, unit: '1', source: 'x' });
    const values = { 'offset.freeze': value('1'), 'offset.cancelTo': value('20251215'), ccerCapRate: value('0.05') };
    const cited = {
      application: [citedRecord('offset-application', { content: { rows } })],
      parameters: [citedRecord('parameter', { content: { values } })],
    };
    const [effect] = effectsOf('offset-confirmation', { content: { confirmed_t: '7' }, cited });
    expect(effect).toMatchObject({
      rows: { A1: '7' },
      rate: '0.05',
      terms: { freeze: true, to: '2025-12-15' },
    });
  });

  describe('of what is frozen', () => {
    const freeze = citedRecord('ccer-freeze', { content: { projectRef: '1467848700000000001', qty: '60000' } });
    const asking = citedParameters({ ccerCapRate: '0.05', 'offset.freeze': '1' });

    /** An application that cites this freeze or none, and a decision on it that cites as much. */
    async function told(isFrozen: boolean, s: string, decision: string, cancelled = '0'): Promise<string[]> {
      const cited = isFrozen ? { 'ccer-freeze': [freeze] } : {};
      const isKept = isFrozen && s !== 'RELEASED';
      const base = deciding(decision === 'confirm' ? {} : { decision, confirmed_t: undefined, reason: '…' });
      return toldOf('offset-confirmation', {
        ...base,
        cited: {
          ...{ ...base.cited, parameters: [asking], application: [citedRecord('offset-application', { cited })] },
          'ccer-freeze': isKept ? [freeze] : [],
        },
        state: (view) => {
          const life = { v: 1, t: '2025-01-01T00:00:00Z', by: 'x' };
          view.put('case', `ccer-freeze/${freeze.key}`, { s, r: freeze.id.slice(4), ...life });
          view.put('offset', `${someParties.enterprise}/2024`, { ...noOffset, confirmed: '60000', cancelled });
        },
      });
    }

    it('is not confirmed without its freeze, where the parameters of the day ask for one', async () => {
      expect(await told(true, 'APPLIED', 'confirm')).toEqual([]);
      // Applied for when none was asked, or released since.
      expect(await told(false, '', 'confirm')).toEqual(['SERIAL_FROZEN /content/decision']);
      expect(await told(true, 'RELEASED', 'confirm')).toEqual(['SERIAL_FROZEN /content/decision']);
    });

    it('is refused with what is kept for it, and no more once CCER was cancelled on it', async () => {
      expect(await told(true, 'CONFIRMED', 'refuse')).toEqual([]);
      expect(await told(true, 'RELEASED', 'refuse')).toEqual([]);
      expect(await told(false, '', 'refuse')).toEqual([]);
      expect(await told(false, '', 'refuse', '1')).toEqual(['OVER_CONFIRMED /content/decision']);
    });
  });

  it.each(['confirm', 'refuse'])('takes the step %s in the life of its application', (decision) => {
    const record = recordOf('offset-confirmation', { content: { decision } });
    expect(recordTypes['offset-confirmation'].acts?.(record)).toEqual([
      { role: 'application', trigger: `offset-confirmation:${decision}` },
      { role: 'ccer-freeze', trigger: `offset-confirmation:${decision}` },
    ]);
  });
});
