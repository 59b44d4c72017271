import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTopology } from '../topology';
import { withNewcomer } from './add-org';
import { boundTo, withoutLeaver } from './remove-org';

const topology = parseTopology(readFileSync(join(__dirname, '../../topology.yaml'), 'utf8'));

describe('withoutLeaver', () => {
  it('takes back what add-org did', () => {
    expect(withoutLeaver(withNewcomer(topology, 'Observer', 7300), 'Observer')).toEqual(topology);
  });

  it('names all that hangs on an organisation', () => {
    expect(boundTo(topology, 'Regulator')).toEqual([
      'nothing is endorsed without it (chaincode.endorsement)',
      'it is a member of the collection figures',
      'it runs orderer1',
    ]);
    expect(boundTo(topology, 'Lab')).toEqual(['it is a member of the collection figures']);
    expect(() => withoutLeaver(topology, 'Registry')).toThrow(/it runs orderer4/);
  });
});
