import { trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import type { Judgement } from '../..';
import { build, enterprise, TrialWorld } from '../../../../test/support/trial-world';

const province = trialProvinceAuthority('140000').uscc;
const codes = ({ refused }: Judgement): string[] => refused.flatMap(({ faults }) => faults.map(({ code }) => code));

/** A part of the list of 2024 that says of the enterprise that it is in, or out. */
function part(
  label: string,
  listed: boolean,
  parameters: readonly ReturnType<typeof build>[],
): ReturnType<typeof build> {
  return build({
    cites: { parameters: [...parameters] },
    type: 'emitter-list',
    kind: `emitter-list.${label}`,
    issuer: province,
    subject: { uscc: province, unit: '-', period: '2024' },
    content: { entries: [{ uscc: enterprise.uscc, sector: 'power', listed, reason: '试验' }] },
  });
}

const preIssuance = (world: TrialWorld): ReturnType<typeof build> =>
  build({
    type: 'allowance-issuance',
    kind: 'allowance-issuance.pre',
    issuer: province,
    subject: { uscc: enterprise.uscc, unit: 'U1', period: '2024' },
    cites: world.rules,
    content: { phase: 'pre', notice: '预分配' },
    figures: { verified2023_tCO2: '1000' },
  });

describe('a list of key emitters', () => {
  it.each(['revocation', 'supersession'] as const)('counts no more after its %s', async (way) => {
    const world = await TrialWorld.open();
    const list = world.ledger.all().find(({ record }) => record.type === 'emitter-list');
    if (list === undefined) throw new Error('no list');
    const { id, record, figures } = list;
    await world.anchor([world[way]({ id, key: `${province}/-/2024/${record.kind}`, record, figures: figures ?? [] })]);
    expect(codes(await world.submit([preIssuance(world)]))).toEqual(['NOT_LISTED']);
    await world.anchor([world.listing(true, 2)]);
    expect(codes(await world.submit([preIssuance(world)]))).toEqual([]);
  });

  it('gives the word back to the list before it, and takes none from one after it', async () => {
    const world = await TrialWorld.open();
    const [out, back] = [part('out', false, world.rules.parameters), part('back', true, world.rules.parameters)];
    await world.anchor([out]);
    expect(codes(await world.submit([preIssuance(world)]))).toEqual(['NOT_LISTED']);
    await world.anchor([back]);
    await world.anchor([world.revocation(out)]);
    expect(codes(await world.submit([preIssuance(world)]))).toEqual([]);
    await world.anchor([world.revocation(back)]);
    expect((await world.ledger.get('listed', `${enterprise.uscc}/2024`))?.said).toHaveLength(1);
  });

  it('is due by the table of its sector, which is named where it stands: nobody is in time by naming none', async () => {
    const world = await TrialWorld.withParties();
    const unnamed = part('first', true, []);
    const { refused } = await world.submit([unnamed]);
    expect(refused.flatMap(({ faults }) => faults)).toMatchObject([
      { code: 'CITATION_MISSING', details: { key: world.parameters.key, role: 'parameters' } },
    ]);
    const named = part('first', true, [world.parameters]);
    await world.anchor([named]);
    const { late } = (await world.ledger.get('case', `dated/${named.key}`)) ?? {};
    expect(late).toBeGreaterThan(0);
  });

  it('names none before there are any, or where all were withdrawn', async () => {
    const world = await TrialWorld.withParties();
    await world.anchor([world.revocation(world.parameters)]);
    await world.anchor([part('first', true, [])]);
  });
});
