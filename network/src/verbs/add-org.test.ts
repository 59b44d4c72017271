import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTopology } from '../topology';
import { withNewcomer } from './add-org';

const topology = parseTopology(readFileSync(join(__dirname, '../../topology.yaml'), 'utf8'));

describe('withNewcomer', () => {
  it('adds a sixth organisation with a peer, a service and a gateway', () => {
    const [newcomer] = withNewcomer(topology, 'Observer', 7300).organisations.slice(-1);
    expect(newcomer).toEqual({
      name: 'Observer',
      peers: [{ name: 'peer0', port: 7300 }],
      chaincodePort: 7305,
      gatewayPort: 8300,
    });
  });

  it('makes it no member of the figures', () => {
    const [figures] = withNewcomer(topology, 'Observer', 7300).chaincode.collections;
    expect(figures?.members).not.toContain('Observer');
  });

  it('changes nothing for one that is there, so an attempt may be repeated', () => {
    const grown = withNewcomer(topology, 'Observer', 7300);
    expect(withNewcomer(grown, 'Observer', 7300)).toBe(grown);
  });

  it('refuses ports that are taken, and names that are none', () => {
    expect(() => withNewcomer(topology, 'Observer', 7150)).toThrow(/port 7150 is taken/);
    expect(() => withNewcomer(topology, 'observer org', 7300)).toThrow(/a capital first/);
  });
});
