import { isPassing } from './outcome';

describe('isPassing', () => {
  it('knows the words of a Fabric peer that could not hand private data to a member that has just gone', () => {
    const said =
      'error in simulation: failed to distribute private collection, txID 37, channel audit: Failed disseminating 1 out of 3 private dissemination plans';
    expect(isPassing(said)).toBe(true);
  });

  it.each([
    'ProposalResponsePayloads do not match',
    'chaincode response 500, VERSION_GAP: {}',
    'tx creator does not have read access permission on privatedata in chaincodeName:c collectionName: figures',
  ])('takes nothing else for it: %s', (message) => {
    expect(isPassing(message)).toBe(false);
  });
});
