import { toldOf } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['sampleNo', 'sampleMonth', 'sampleKind', 'received'],
  optional: { sampleDay: '2024-01-15', batchNo: 'B01', weight_g: '720', courierNo: 'SF-1' },
  texts: ['sampleNo', 'sampleKind', 'courierNo'],
  bad: [
    ...['2024-13', '2024-00', '2024-1', '2024', '2024-01-01', '２０２４-01', '2024-01\n'].map(
      (sampleMonth) => [`the month ${JSON.stringify(sampleMonth)}`, { sampleMonth }, '/content/sampleMonth'] as const,
    ),
    ...['2024-02-30', '2023-02-29', '2024-2-4', '04.02.2024', '2024-02-04T00:00:00Z'].map(
      (received) => [`received on ${received}`, { received }, '/content/received'] as const,
    ),
  ],
};

describe('the content of a sample receipt', () => {
  it.each(goodContents('sample-receipt', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('sample-receipt', content)).toEqual([]);
  });
  it.each(badContents('sample-receipt', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('sample-receipt', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

describe('a sample receipt', () => {
  it('is of the month that it stands under', async () => {
    expect(await toldOf('sample-receipt')).toEqual([]);
    const february = { subject: { period: '2024-02' } };
    expect(await toldOf('sample-receipt', february)).toEqual(['BAD_RECORD /content/sampleMonth']);
  });

  it('may be of a sample beside the one that is tested, under a label that is no day and no batch', async () => {
    expect(await toldOf('sample-receipt', { kind: 'sample-receipt.kept-2' })).toEqual([]);
    for (const label of ['15', 'B02'])
      expect(await toldOf('sample-receipt', { kind: `sample-receipt.${label}` })).toEqual(['BAD_RECORD /kind']);
  });

  it('comes to the ledger on the day on which the sample arrived, or later, as Shanghai counts days', async () => {
    const content = { received: '2024-02-05' };
    const early = await toldOf('sample-receipt', { content, time: '2024-02-04T15:59:59Z' });
    expect(early).toEqual(['BAD_RECORD /content/received']);
    expect(await toldOf('sample-receipt', { content, time: '2024-02-04T16:00:00Z' })).toEqual([]);
  });
});
