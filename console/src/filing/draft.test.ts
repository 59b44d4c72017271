import { type DocumentRef, partyKinds, recordTypeNames, recordTypes } from '@carbon-ledger/core';
import { recordWith } from '../testing/records';
import {
  beginFiling,
  changeDocuments,
  changeFigures,
  filingAddress,
  isAboutItself,
  keyOf,
  labelsFor,
  nextVersionOf,
  typesFiledBy,
} from './draft';

const plant = { uscc: '91140000MA0FAKE01X', kind: 'enterprise', region: '140600' };
const asked = (text: string): URLSearchParams => new URLSearchParams(text);

describe('a filing', () => {
  it('about oneself has its subject, and its month where it follows; its due day is set by what it cites', () => {
    const filing = beginFiling('monthly-evidence', plant, asked('unit=U1&period=2024-03'));
    expect(filing.subject).toEqual({ uscc: plant.uscc, unit: 'U1', period: '2024-03' });
    expect(filing.content['due']).toBeUndefined();
    const lab = { uscc: '91140100MA0FAKE2XU', kind: 'lab', region: '140100' };
    const report = beginFiling('test-report', lab, asked(`uscc=${plant.uscc}&unit=U1&period=2024-03`));
    expect([report.subject.uscc, report.content['sampleMonth']]).toEqual([plant.uscc, '2024-03']);
  });

  it('takes from its address only what fits the type', () => {
    const filing = beginFiling('annual-report', plant, asked('period=2024-03&unit=U1&cite.reviewed=evil&kind=party'));
    expect([filing.subject.period, filing.cites, filing.kind]).toEqual(['', {}, 'annual-report']);
  });

  it.each(recordTypeNames)('of %s begins for everybody who may file it', (type) => {
    for (const kind of partyKinds.filter((one) => typesFiledBy(one).includes(type))) {
      const filing = beginFiling(type, { ...plant, kind }, asked(''));
      expect(filing.kind === type || filing.kind.startsWith(`${type}.`)).toBe(true);
      expect(
        filing.kind === type && recordTypes[type].labels?.required === true && labelsFor(type, kind).length > 0,
      ).toBe(false);
      expect(filing.subject.uscc).toBe(isAboutItself(type, kind) ? plant.uscc : '');
    }
  });

  it('goes on from a version with what was stated, not with what was computed', () => {
    const record = recordWith({
      subject: { uscc: plant.uscc, unit: 'U1', period: '2024-03' },
      totals: { total: { value: '3', unit: 't', formula: 'f' } },
      content: { due: 'x' },
    });
    const next = nextVersionOf(record, [
      { name: 'coal', value: '1' },
      { name: 'emission', value: '2', formula: 'E' },
    ]);
    expect([next.version, next.figures, next.cites]).toEqual([2, { coal: '1' }, {}]);
    // A step says what is to change: an inspection is opened by the next version of its plan.
    expect(nextVersionOf(record, [], asked('content.stage=open')).content).toEqual({ due: 'x', stage: 'open' });
  });

  it('keeps the cells of what is not changed, and of documents that are still there', () => {
    const [sheet, table] = ['a', 'b'].map((letter) => ({
      ...{ sha256: `sha256:${letter.repeat(64)}`, name: letter, role: 'evidence', mediaType: 'text/csv', size: 1 },
    })) as unknown as [DocumentRef, DocumentRef];
    const record = recordWith({ documents: [sheet, table] });
    const next = nextVersionOf(record, [
      { name: 'coal', value: '1', source: { document: 1, place: 'S!A1' } },
      { name: 'moisture', value: '2', source: { document: 0, place: 'S!B1' } },
    ]);
    expect(Object.keys(next.sources ?? {})).toEqual(['coal', 'moisture']);
    expect(changeFigures(next, { coal: '1', moisture: '3' }).sources).toEqual({ coal: { document: 1, place: 'S!A1' } });
    expect(changeDocuments(next, [table]).sources).toEqual({ coal: { document: 0, place: 'S!A1' } });
    expect(changeDocuments(next, [])).not.toHaveProperty('sources');
    expect(nextVersionOf(record, [{ name: 'coal', value: '1' }])).not.toHaveProperty('sources');
  });

  it('comes back from its own address', () => {
    const id = `rec:${'a'.repeat(64)}`;
    const address = filingAddress({
      ...{ type: 'review', kind: 'review.province_monthly-evidence', uscc: plant.uscc, unit: 'U1', period: '2024-03' },
      content: { decision: 'accept' },
      cites: { reviewed: id },
    });
    const province = { uscc: 'P', kind: 'province-authority', region: '140000' };
    const filing = beginFiling('review', province, asked(address.split('?')[1] ?? ''));
    expect(keyOf(filing)).toBe(`${plant.uscc}/U1/2024-03/review.province_monthly-evidence`);
    expect([filing.content['decision'], filing.cites]).toEqual(['accept', { reviewed: [id] }]);
  });
});
