import { agreedLeader } from './status';
import { formatTable } from './table';

describe('agreedLeader', () => {
  it('is the one that most orderers name, not what one remembers from before its restart', () => {
    expect(agreedLeader([{ leader: 1 }, { leader: 2 }, { leader: 2 }, { leader: 2 }])).toBe(2);
  });

  it('is nobody while no orderer knows one', () => {
    expect(agreedLeader([{ leader: undefined }, { leader: 0 }])).toBeUndefined();
  });
});

it('formatTable makes columns as wide as their widest cell', () => {
  expect(formatTable(['node', 'state'], [['orderer1', 'running']])).toBe('node      state\norderer1  running');
});
