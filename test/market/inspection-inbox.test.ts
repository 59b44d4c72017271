import {
  agendaOf,
  drawnSample,
  fromHex,
  rulebooks,
  sha256,
  toHex,
  usccCheckDigit,
  type BuiltRecord,
  type Duty,
  type Rulebook,
} from '@carbon-ledger/core';
import { trialPartyRecord, type TrialParty } from '@carbon-ledger/plant-year/trial';
import { agendaSource } from '../support/agenda-source';
import { Market } from './market';
import { MemoryPort } from './port';

const rulebook = rulebooks.get(1) as Rulebook;
const seed = '5e'.repeat(32);
const first17 = '12140000MAFAKEJ9F';
/** Inspectors of the same province whom no inspection names. */
const others: TrialParty = {
  ...{ uscc: first17 + usccCheckDigit(first17), name: '（虚构）另一检查机构', kind: 'inspector', region: '140000' },
};

describe('the inbox of an inspection', () => {
  let port: MemoryPort;
  let market: Market;
  const inbox = async (uscc: string, at = port.now()): Promise<readonly Duty[]> => {
    const party = await port.ledger.get('party', uscc);
    if (party === undefined) throw new Error(`${uscc} is not registered`);
    return (await agendaOf(rulebook, agendaSource(port.ledger), { uscc, party }, at)).duties;
  };
  const told = async (uscc: string, at?: string): Promise<unknown[]> =>
    (await inbox(uscc, at))
      .filter(({ key }) => key.includes('/inspection.'))
      .map(({ key, file, until, late }) => [key.split('/').at(-1), file.type, until, late]);

  beforeAll(async () => {
    port = await MemoryPort.open();
    market = await Market.open(port, 'J9');
    await market.share([trialPartyRecord(others, market.nation, port.msps)]);
    const content = {
      ...{ basis: '专项监督执法', frame: [market.enterprise.uscc], size: 1, rule: 'lowest-hash' },
      commitment: toHex(sha256(fromHex(seed))),
    };
    const of = (number: number, more: object, version = 1, plan?: BuiltRecord): BuiltRecord =>
      market.make('inspection', market.province, {
        ...{ kind: `inspection.${String(number)}`, subject: { uscc: market.province, unit: '-', period: market.year } },
        ...{ version, content: { ...content, ...more }, cites: plan === undefined ? {} : { plan: [plan] } },
      });
    await market.file(of(1, { stage: 'plan', openBy: '2025-04-30' }), of(2, { stage: 'plan', openBy: '2025-03-31' }));
    const third = of(3, { stage: 'plan' });
    await market.file(third);
    const [drawn = ''] = drawnSample(seed, { frame: [market.enterprise.uscc], size: 1 });
    const inspectors = ['SX-01', 'SX-02'].map((role) => ({ role, party: market.inspectors.uscc }));
    const open = { covered: [{ uscc: drawn, years: [market.year] }], inspectors, papers: ['晋环执法〔2025〕7号'] };
    await market.file(of(3, { stage: 'open', seed, ...open }, 2, third));
  });

  it('reminds the authority of what it planned, nearest day first, late marked', async () => {
    const planned = (await told(market.province, '2025-04-02T00:00:00Z')).slice(0, 2);
    expect(planned).toEqual([
      ['inspection.2', 'inspection', '2025-03-31', 2],
      ['inspection.1', 'inspection', '2025-04-30', undefined],
    ]);
  });

  it('tells an opened one to the inspectors that it names, and to no others', async () => {
    expect(await told(market.inspectors.uscc)).toEqual([['inspection.3', 'finding', undefined, undefined]]);
    expect(await told(others.uscc)).toEqual([]);
  });

  it('says nothing of a plan to those whom it may draw', async () => {
    expect(await told(market.enterprise.uscc)).toEqual([]);
  });
});
