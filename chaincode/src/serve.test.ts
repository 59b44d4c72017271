import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { serverOptions } from './serve';

const folder = temporaryFolder('serve');
const file = (name: string): string => {
  writeFileSync(join(folder, name), name);
  return join(folder, name);
};

describe('serverOptions', () => {
  it('reads where to listen, as what, and the certificates of both sides', () => {
    const options = serverOptions({
      CHAINCODE_ID: 'carbon:abc',
      CHAINCODE_SERVER_ADDRESS: '127.0.0.1:7155',
      CHAINCODE_TLS_CERT: file('cert'),
      CHAINCODE_TLS_KEY: file('key'),
      CHAINCODE_CLIENT_CA_CERT: file('roots'),
    });
    expect(options).toMatchObject({
      ccid: 'carbon:abc',
      address: '127.0.0.1:7155',
      tlsProps: { cert: Buffer.from('cert'), key: Buffer.from('key'), clientCACerts: Buffer.from('roots') },
    });
  });

  it('names every setting that is missing, and takes an empty one for missing', () => {
    expect(() => serverOptions({ CHAINCODE_ID: 'carbon:abc', CHAINCODE_TLS_KEY: '' })).toThrow(
      'lacks CHAINCODE_SERVER_ADDRESS, CHAINCODE_TLS_CERT, CHAINCODE_TLS_KEY, CHAINCODE_CLIENT_CA_CERT',
    );
  });
});
