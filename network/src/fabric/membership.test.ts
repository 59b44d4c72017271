import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { planLayout, statePaths } from '../layout';
import { parseTopology } from '../topology';
import { withOneMore, withoutOne } from '../verbs/orderers';
import type { ChannelConfig } from './channel-config';
import { blockQuorum, consentersOf, hasOrderingOrganisation, isAmong, withOrderer, withoutOrderer } from './membership';

const topology = parseTopology(readFileSync(join(__dirname, '../../topology.yaml'), 'utf8'));
const layout = planLayout(withOneMore(topology, 'Lab', 7090).topology, 'native');
const newcomer = layout.orderers.at(-1)!;
const [first] = layout.orderers;
const state = statePaths(temporaryFolder('membership'));
for (const [name, content] of [
  ['tls/server.crt', 'tls'],
  [`msp/signcerts/${newcomer.id}-cert.pem`, 'identity'],
] as const) {
  const file = join(state.crypto, newcomer.cryptoDir, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** As configtxlator writes a channel of the topology's four. */
function config(consensus: 'bft' | 'raft'): ChannelConfig {
  const four = layout.orderers.slice(0, 4);
  const consenters = four.map(({ host, port, consenterId, mspId }) => ({
    ...{ host, port, client_tls_cert: 'a', server_tls_cert: 'a' },
    ...(consensus === 'bft' ? { id: consenterId, msp_id: mspId, identity: 'b' } : {}),
  }));
  const values =
    consensus === 'bft'
      ? { Orderers: { value: { consenter_mapping: consenters } } }
      : { ConsensusType: { value: { metadata: { consenters, options: { tick: 1 } } } } };
  const groups = Object.fromEntries(
    four.map(({ mspId, host, port }) => [
      mspId,
      { values: { Endpoints: { value: { addresses: [`${host}:${port}`] }, version: '0' } } },
    ]),
  );
  return { channel_group: { groups: { Orderer: { values, policies: { BlockValidation: { policy: {} } }, groups } } } };
}

const ordering = ({ channel_group: { groups } }: ChannelConfig): Record<string, Record<string, object>> =>
  groups?.Orderer as Record<string, Record<string, object>>;

describe.each(['bft', 'raft'] as const)('who orders by %s', (consensus) => {
  const present = config(consensus);
  const grown = withOrderer(present, state, newcomer, { values: {} });

  it('is one more, with an address, under an organisation that is new among them', () => {
    expect([isAmong(present, newcomer), isAmong(grown, newcomer)]).toEqual([false, true]);
    expect(hasOrderingOrganisation(present, newcomer.mspId)).toBe(false);
    expect(consentersOf(grown)).toHaveLength(5);
    expect(ordering(grown).groups?.[newcomer.mspId]).toMatchObject({
      values: { Endpoints: { value: { addresses: [`${newcomer.host}:${newcomer.port}`] } } },
    });
  });

  it('is as before once the same one is taken out', () => {
    const back = withoutOrderer(grown, newcomer, true);
    expect(consentersOf(back)).toEqual(consentersOf(present));
    expect(ordering(back).groups).toEqual(ordering(present).groups);
  });

  it('keeps an organisation that orders by another', () => {
    const rest = withoutOrderer(present, first!, false);
    expect(hasOrderingOrganisation(rest, first!.mspId)).toBe(true);
    expect(ordering(rest).groups?.[first!.mspId]).toMatchObject({
      values: { Endpoints: { value: { addresses: [] } } },
    });
  });
});

test('blocks of SmartBFT are valid by the identities of those who order, and by as many as it takes', () => {
  const grown = withOrderer(config('bft'), state, newcomer, { values: {} });
  expect(ordering(grown).policies?.['BlockValidation']).toMatchObject({
    policy: {
      value: {
        identities: [{}, {}, {}, {}, { principal: { mspid: 'LabOrdererMSP' } }],
        rule: { n_out_of: { n: 4, rules: [0, 1, 2, 3, 4].map((signed_by) => ({ signed_by })) } },
      },
    },
  });
});

test('two quorums share an orderer that is honest, and one can be had while as many fail as may', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 100 }), (count) => {
      const faulty = Math.floor((count - 1) / 3);
      expect(2 * blockQuorum(count) - count).toBeGreaterThan(faulty);
      expect(blockQuorum(count)).toBeLessThanOrEqual(count - faulty);
    }),
  );
});

describe('the topology', () => {
  it('gives every orderer a number of its own, also after one has left', () => {
    const five = withOneMore(topology, 'Lab', 7090);
    expect(five.name).toBe('orderer5');
    const four = withoutOne(five.topology, { id: 'orderer5', port: 7090 });
    expect(withOneMore(four, 'Lab', 7090).name).toBe('orderer6');
    const kept = withoutOne(five.topology, { id: 'orderer1', port: 7050 });
    expect(planLayout(kept, 'native').orderers.map(({ consenterId }) => consenterId)).toEqual([2, 3, 4, 5]);
    expect(withOneMore(five.topology, 'Lab', 7090).topology).toBe(five.topology);
  });

  it('is even between one that comes and one that goes, by Raft too', () => {
    const text = readFileSync(join(__dirname, '../../topology.yaml'), 'utf8');
    const raft = parseTopology(text, ['raft']);
    const four = withOneMore(raft, 'Lab', 7090).topology;
    expect(four.ordering.orderers).toHaveLength(4);
    expect(withoutOne(four, { id: 'orderer1', port: 7050 }).ordering.orderers).toHaveLength(3);
  });

  it('lets no more leave than can be missed', () => {
    expect(() => withoutOne(topology, { id: 'orderer2', port: 7060 })).toThrow(/only 3 would order/);
  });
});
