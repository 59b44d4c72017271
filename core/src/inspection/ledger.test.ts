import fc from 'fast-check';
import { InspectedRecords } from './ledger';
import { anchored, documentNamed, other, uscc } from './testing/anchored';

const key = `${uscc}/U1/2024-03/test-report`;

describe('records that an inspector took along', () => {
  it('are found by id in the order asked for, with a hole where one is not there', async () => {
    const records = new InspectedRecords([anchored({ id: 'a' }), anchored({ id: 'b', at: 1 })]);
    const found = await records.records(['b', 'none', 'a', 'b']);
    expect(found.map((one) => one?.id)).toEqual(['b', undefined, 'a', 'b']);
    expect([await records.head('none'), await records.citedBy('none')]).toEqual([undefined, []]);
  });

  it('say the same in whatever order they came: newest version, who cites, documents', async () => {
    const all = Array.from({ length: 8 }, (_, at) =>
      anchored({
        ...{
          id: `r${String(at)}`,
          at,
          unit: `U${String(at % 2)}`,
          cites: at === 0 ? [] : [`r${String(at - 1)}`, 'r0'],
        },
        documents: [documentNamed(`${String(at)}.pdf`, at)],
      }),
    );
    const told = async (records: InspectedRecords): Promise<unknown> => [
      (await records.head(`${uscc}/U0/2024-03/test-report`))?.id,
      (await records.citedBy('r0')).map(({ id }) => id),
      records.documents(new Set([uscc]), new Set()).map(({ document }) => document.name),
      records.all.map(({ id }) => id),
    ];
    const inOrder = await told(new InspectedRecords(all));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (shuffled) => {
        expect(await told(new InspectedRecords(shuffled))).toEqual(inOrder);
      }),
    );
    expect(inOrder).toEqual([
      'r6',
      ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7'],
      ['7.pdf', '6.pdf', '5.pdf', '4.pdf', '3.pdf', '2.pdf', '1.pdf', '0.pdf'],
      all.map(({ id }) => id),
    ]);
  });

  it('name each record that cites once, in however many roles it does', async () => {
    const records = new InspectedRecords([anchored({ id: 'a' }), anchored({ id: 'b', at: 1, cites: ['a', 'a'] })]);
    expect((await records.citedBy('a')).map(({ id }) => id)).toEqual(['b']);
  });

  it('give documents of the parties and years asked for, each with its place in the record', () => {
    const documents = [documentNamed('x.pdf', 1), documentNamed('y.pdf', 2)];
    const records = new InspectedRecords([
      anchored({ id: 'a', documents }),
      anchored({ id: 'b', at: 1, of: other, documents }),
      anchored({ id: 'c', at: 2, period: '2023', documents }),
    ]);
    const found = (parties: readonly string[], years: readonly string[]): string[] =>
      records
        .documents(new Set(parties), new Set(years))
        .map((one) => `${one.anchored.id}${String(one.index)} ${one.document.name}`);
    expect(found([uscc], ['2024'])).toEqual(['a0 x.pdf', 'a1 y.pdf']);
    expect(found([uscc, other], ['2023', '2024'])).toHaveLength(6);
    expect(found([], [])).toEqual([]);
    expect(found([uscc], ['2025'])).toEqual([]);
    expect(records.documents(new Set([uscc]), new Set(['2024']))[0]?.key).toBe(key);
  });
});
