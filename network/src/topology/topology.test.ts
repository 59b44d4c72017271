import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { TopologyError } from '../errors';
import { listPorts, parseTopology, toleratedFaults, validateTopology, type Topology } from '.';
import { overlay } from './parse';

const shipped = readFileSync(join(__dirname, '../../topology.yaml'), 'utf8');
const profiles = ['raft', 'lts', 'shared-chaincode', 'two-regulator-peers', 'ca'];

/** The shipped topology with one thing changed in a copy that may be written to. */
function changed(change: (topology: DeepWritable<Topology>) => void): unknown {
  const copy = structuredClone(parseTopology(shipped)) as DeepWritable<Topology>;
  change(copy);
  return copy;
}

type DeepWritable<T> = { -readonly [K in keyof T]: DeepWritable<T[K]> };

function faultsOf(value: unknown): string[] {
  try {
    validateTopology(value);
    return [];
  } catch (error) {
    if (error instanceof TopologyError) return error.faults.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
}

describe('the shipped topology', () => {
  it('names the five organisations, four orderers of different owners, and SmartBFT', () => {
    const topology = parseTopology(shipped);
    expect(topology.organisations.map(({ name }) => name)).toEqual([
      'Regulator',
      'Enterprise',
      'Lab',
      'Verifier',
      'Registry',
    ]);
    expect(new Set(topology.ordering.orderers.map(({ organisation }) => organisation)).size).toBe(4);
    expect(topology.ordering.consensus).toBe('bft');
  });

  it('keeps the figures from the registry', () => {
    const [figures] = parseTopology(shipped).chaincode.collections;
    expect(figures?.members).toEqual(['Regulator', 'Enterprise', 'Lab', 'Verifier']);
  });

  it.each(profiles)('is without fault under the profile %s', (profile) => {
    expect(() => parseTopology(shipped, [profile])).not.toThrow();
  });

  it('takes Raft with three orderers in the long-term support profile', () => {
    const { fabric, ordering } = parseTopology(shipped, ['lts']);
    expect([fabric.release, ordering.consensus, ordering.orderers.length]).toEqual(['2.5.16', 'raft', 3]);
  });

  it('gives the regulator a second peer by profile and leaves its first', () => {
    const [regulator] = parseTopology(shipped, ['two-regulator-peers']).organisations;
    expect(regulator?.peers.map(({ name }) => name)).toEqual(['peer0', 'peer1']);
    expect(regulator?.chaincodePort).toBe(7155);
  });
});

describe('parseTopology', () => {
  it('names the profiles there are when one is unknown', () => {
    expect(() => parseTopology(shipped, ['kafka'])).toThrow(/there are: raft, lts, shared-chaincode/);
  });

  it('says where YAML is broken', () => {
    expect(() => parseTopology('name: [')).toThrow(TopologyError);
  });

  it('refuses what is not a mapping', () => {
    expect(() => parseTopology('- a')).toThrow(/a mapping is wanted/);
  });

  it('refuses a key that it does not know, naming it', () => {
    expect(() => parseTopology(`${shipped}\nextra: 1\n`)).toThrow(/extra/);
  });

  it('names every fault at once, each with its place', () => {
    const faults = faultsOf(
      changed((topology) => {
        topology.channel = 'Audit';
        topology.ordering.batch.timeout = 'soon';
        topology.organisations[1]!.peers[0]!.port = 80;
      }),
    );
    expect(faults).toEqual([
      'channel: lower-case letters, digits, dots and hyphens',
      'ordering.batch.timeout: a duration such as 200ms, 5s or 3m is wanted',
      'organisations[1].peers[0].port: ports below 1024 need root',
    ]);
  });
});

describe('checks beyond the shape', () => {
  const cases: [string, (topology: DeepWritable<Topology>) => void, string][] = [
    [
      'two listeners on one port',
      (t) => (t.organisations[2]!.peers[0]!.port = 7051),
      'organisations[2].peers[0].port: port 7051 is taken by ordering.orderers[0].port',
    ],
    [
      'an orderer of nobody',
      (t) => (t.ordering.orderers[3]!.organisation = 'Bank'),
      'ordering.orderers[3].organisation: there is no organisation Bank',
    ],
    [
      'SmartBFT with three orderers',
      (t) => t.ordering.orderers.pop(),
      'ordering.orderers: bft needs four orderers at least',
    ],
    [
      'SmartBFT on Fabric 2.5',
      (t) => (t.fabric.release = '2.5.16'),
      'ordering.consensus: bft needs Fabric 3; take raft for 2.5',
    ],
    [
      'Raft with an even number',
      (t) => (t.ordering.consensus = 'raft'),
      'ordering.orderers: raft needs an odd number of orderers: an even one stands no more faults',
    ],
    [
      'one owner of too many orderers',
      (t) => (t.ordering.orderers[3]!.organisation = 'Regulator'),
      'ordering.orderers: Regulator owns 2 orderers and could stop the order alone',
    ],
    ['an organisation named twice', (t) => (t.organisations[4]!.name = 'Lab'), 'organisations: lab is named twice'],
    [
      'a mandatory endorser that is nobody',
      (t) => (t.chaincode.endorsement.mandatory = 'Bank'),
      'chaincode.endorsement.mandatory: there is no organisation Bank',
    ],
    [
      'more endorsers than there are',
      (t) => (t.chaincode.endorsement.others = 5),
      'chaincode.endorsement.others: 5 others are wanted, there are 4',
    ],
    [
      'a stranger in a collection',
      (t) => t.chaincode.collections[0]!.members.push('Bank'),
      'chaincode.collections[0].members[4]: there is no organisation Bank',
    ],
    [
      'a collection endorsed by a non-member',
      (t) => (t.chaincode.collections[0]!.endorsement.mandatory = 'Registry'),
      'chaincode.collections[0].endorsement.mandatory: Registry is not a member',
    ],
    [
      'more copies than members',
      (t) => (t.chaincode.collections[0]!.requiredPeerCount = 4),
      "chaincode.collections[0].requiredPeerCount: must be below the members' 4 peers: the endorsing peer does not count",
    ],
    [
      'more required copies than sent',
      (t) => (t.chaincode.collections[0]!.maxPeerCount = 0),
      'chaincode.collections[0].requiredPeerCount: may not be above maxPeerCount',
    ],
  ];

  it.each(cases)('refuses %s', (_, change, fault) => {
    expect(faultsOf(changed(change))).toContain(fault);
  });

  it('gives every listener a port of its own', () => {
    const ports = listPorts(parseTopology(shipped, ['two-regulator-peers'])).map(({ port }) => port);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('counts faults as the protocols do', () => {
    expect([4, 7, 10].map((count) => toleratedFaults('bft', count))).toEqual([1, 2, 3]);
    expect([1, 3, 5].map((count) => toleratedFaults('raft', count))).toEqual([0, 1, 2]);
  });
});

describe('overlay', () => {
  it('merges entries of lists by name, adds new ones and takes absent ones away', () => {
    const base = {
      list: [
        { name: 'a', port: 1 },
        { name: 'b', port: 2 },
      ],
    };
    const patch = {
      list: [
        { name: 'a', port: 3 },
        { name: 'b', absent: true },
        { name: 'c', port: 4 },
      ],
    };
    expect(overlay(base, patch)).toEqual({
      list: [
        { name: 'a', port: 3 },
        { name: 'c', port: 4 },
      ],
    });
  });

  it('replaces lists of plain values', () => {
    expect(overlay({ members: ['a', 'b'] }, { members: ['c'] })).toEqual({ members: ['c'] });
  });

  it('is idempotent: laying the same over twice changes nothing', () => {
    const entry = fc.record({ name: fc.constantFrom('a', 'b', 'c'), port: fc.nat() });
    const tree = fc.record({ list: fc.uniqueArray(entry, { selector: ({ name }) => name }), value: fc.nat() });
    fc.assert(
      fc.property(tree, tree, (base, patch) => {
        const once = overlay(base, patch);
        expect(overlay(once, patch)).toEqual(once);
      }),
    );
  });
});
