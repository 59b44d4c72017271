import fc from 'fast-check';
import type { DocumentRef } from '../records';
import { recordOf, told } from '../rulebook/testing/bench';
import { sourceFaults } from './sources';

const document: DocumentRef = {
  ...{ role: 'report', name: 'a.csv', mediaType: 'text/csv', size: '1' },
  ...{ sha256: `sha256:${'0'.repeat(64)}`, sm3: `sm3:${'0'.repeat(64)}` },
};

it('a figure is taken from a document that the record holds, or from none that it names', () => {
  fc.assert(
    fc.property(fc.nat(4), fc.array(fc.option(fc.nat(6), { nil: undefined }), { maxLength: 6 }), (count, sources) => {
      const record = recordOf('test-report', { documents: Array.from({ length: count }, () => document) });
      const figures = sources.map((at, index) => ({
        ...{ name: `f${String(index)}`, value: '1', unit: 't', salt: '0'.repeat(32) },
        ...(at === undefined ? {} : { source: { document: at, place: 'row 1' } }),
      }));
      const wrong = sources.flatMap((at, index) =>
        at !== undefined && at >= count ? [`FIGURE_FORMAT /figures/${String(index)}/source/document`] : [],
      );
      expect(sourceFaults(record, figures).map(told)).toEqual(wrong);
    }),
  );
});
