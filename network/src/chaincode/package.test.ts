import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { buildPackage, packageLabel, type ServiceConnection } from './package';
import { packDeterministic, type ArchiveEntry } from './tar';

const connection: ServiceConnection = {
  address: 'chaincode-0.lab.carbon-ledger.test:7175',
  rootCertificate: 'ROOT',
  clientCertificate: 'CERTIFICATE',
  clientKey: 'KEY',
};
const digest = 'ab'.repeat(32);
const BLOCK = 512;

/** Reads a ustar archive by its headers alone. */
function unpack(archive: Buffer): Map<string, Buffer> {
  const tar = gunzipSync(archive);
  const entries = new Map<string, Buffer>();
  let offset = 0;
  while (tar[offset] !== 0) {
    const text = (start: number, length: number): string =>
      tar.toString('ascii', offset + start, offset + start + length).replace(/\0.*$/, '');
    const size = parseInt(text(124, 12), 8);
    entries.set(text(0, 100), tar.subarray(offset + BLOCK, offset + BLOCK + size));
    offset += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return entries;
}

describe('packDeterministic', () => {
  const entry = fc.record({
    name: fc.stringMatching(/^[a-z]{1,20}\.json$/),
    content: fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  });
  const entries = fc.uniqueArray(entry, { selector: ({ name }) => name, minLength: 1, maxLength: 5 });

  it('gives back names and contents', () => {
    fc.assert(
      fc.property(entries, (files: ArchiveEntry[]) => {
        const unpacked = unpack(packDeterministic(files));
        expect(unpacked.size).toBe(files.length);
        for (const { name, content } of files) expect(unpacked.get(name)?.equals(content)).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the files', () => {
    fc.assert(
      fc.property(entries, (files: ArchiveEntry[]) => {
        expect(packDeterministic([...files].reverse()).equals(packDeterministic(files))).toBe(true);
      }),
    );
  });

  it('refuses a name that would be cut off', () => {
    expect(() => packDeterministic([{ name: 'a'.repeat(100), content: Buffer.alloc(0) }])).toThrow(RangeError);
  });
});

describe('buildPackage', () => {
  const label = packageLabel('carbon', digest);
  const built = buildPackage(label, digest, connection);

  it('is known beforehand: the same input has the same package id on every machine', () => {
    expect(built.id).toBe('carbon_abababababababab:e05f4cb33662b6feee90d0eb59fd28348488c422db42ee3530ef8f83d0b38e27');
  });

  it('holds metadata, the way to the service, and the digest of the code', () => {
    const files = unpack(built.archive);
    const code = unpack(files.get('code.tar.gz') ?? Buffer.alloc(0));
    expect(JSON.parse(String(files.get('metadata.json')))).toEqual({ type: 'ccaas', label });
    expect(JSON.parse(String(code.get('connection.json')))).toMatchObject({
      address: connection.address,
      tls_required: true,
      client_auth_required: true,
    });
    expect(String(code.get('bundle.sha256'))).toBe(`${digest}\n`);
  });

  it('changes with the code, and with the service it leads to', () => {
    const other = buildPackage(packageLabel('carbon', 'cd'.repeat(32)), 'cd'.repeat(32), connection);
    const elsewhere = buildPackage(label, digest, { ...connection, address: 'elsewhere:1' });
    expect(new Set([built.id, other.id, elsewhere.id]).size).toBe(3);
  });
});
