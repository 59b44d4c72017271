import { buildRecord, recordTypes, rulebooks, type BuiltRecord, type Judgement, type Rulebook } from '..';
import { trialNationalAuthority, trialSalts } from '../../../plant-year/src/trial';
import { TrialWorld } from '../../../test/support/trial-world';
import { contentFault } from './content';

const [first] = rulebooks.values();
const codes = (judgement: Judgement): string[] =>
  judgement.refused.flatMap(({ faults }) => faults.map(({ code }) => code));

/** A stricter edition: a sample is received within ten days of its month's end. */
const second: Rulebook = {
  ...first!,
  edition: 2,
  types: {
    ...recordTypes,
    'sample-receipt': {
      ...recordTypes['sample-receipt'],
      check: ({ content, record }) =>
        (content as { received: string }).received > `${record.subject.period.slice(0, 4)}-02-10`
          ? [contentFault('received', 'received too late for edition 2')]
          : [],
    },
  },
};
const both = new Map([...rulebooks, [2, second]]);

function edition(number: number, version = number - 1): BuiltRecord {
  const { uscc } = trialNationalAuthority;
  return buildRecord(
    {
      type: 'rule-edition',
      issuer: uscc,
      subject: { uscc, unit: '-', period: '-' },
      version,
      content: { edition: number, notice: '启用新版规则' },
    },
    trialSalts(uscc),
  );
}

describe('editions of the rules', () => {
  it('come into force by a record: what was taken before is refused after, and the other way round nothing changes', async () => {
    const world = await TrialWorld.open(both);
    await world.anchor([world.receipt('2024-01', '2024-02-20')]);
    await world.anchor([edition(2)]);
    expect(codes(await world.submit([world.receipt('2024-02', '2024-03-20')]))).toEqual(['BAD_RECORD']);
    await world.anchor([world.receipt('2024-03', '2024-02-01')]);
  });

  it('hold within one submission from the record on that puts them in force', async () => {
    const world = await TrialWorld.open(both);
    await world.anchor([edition(2)]);
    const state = await world.ledger.get('edition', '');
    expect(state).toEqual({ edition: 2, r: edition(2).id.slice(4) });
  });

  it('follow on each other, and nobody puts one in force that the contract does not know', async () => {
    const known = await TrialWorld.open(both);
    expect(codes(await known.submit([edition(3, 1)]))).toEqual(['BAD_RECORD']);
    const older = await TrialWorld.open();
    expect(codes(await older.submit([edition(2)]))).toEqual(['EDITION_UNKNOWN']);
  });

  it('stop a contract that is older than the rules of its ledger', async () => {
    const world = await TrialWorld.open(both);
    await world.anchor([edition(2)]);
    const older = await TrialWorld.open();
    const judged = await older.ledger.judgeOver(world.ledger, [world.receipt('2024-04', '2024-02-01')]);
    expect(judged.refused[0]?.code).toBe('EDITION_UNKNOWN');
  });
});
