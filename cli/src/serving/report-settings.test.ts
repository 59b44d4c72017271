import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { createAuthority } from '../../../embedded-peer/src/identity/certificates';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { runInProcess } from '../testing/test-io';

const folder = temporaryFolder('check-config');

function file(name: string, content: string): string {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
}

const check = (...argv: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(['serve', '--check-config', ...argv]);

/** Settings that have no fault, so that what is added is told alone. */
const SOUND = ['--trial', '--data', path.join(folder, 'data'), '--port', '0'];

async function faultsOf(...argv: string[]): Promise<string[]> {
  const { code, stderr } = await check(...argv, '--json');
  if (code === 0) return [];
  const { error } = JSON.parse(stderr) as { error: { faults: { path: string; code: string; message: string }[] } };
  return error.faults.map((fault) => `${fault.path} ${fault.code}: ${fault.message}`);
}

describe('serve --check-config', () => {
  it('tells the faults of all files that settings name, not of the first one', async () => {
    const half = file('half.pem', 'no certificate');
    const { code, stderr } = await check(
      ...['--tls-certificate', half, '--tls-key', half],
      ...['--fabric', file('profile.json', '{"version":1}'), '--outside', file('outside.json', '{"wrong":1}')],
      '--json',
    );
    const { error } = JSON.parse(stderr) as { error: { code: string; faults: { path: string }[] } };
    expect([code, error.code]).toEqual([2, 'USAGE']);
    const places = error.faults.map(({ path: place }) => place.split(' ')[0]);
    expect([...new Set(places)]).toEqual(['tls-certificate', 'fabric', 'outside']);
  });

  it('is content with a pair that is one', async () => {
    const authority = await createAuthority({ commonName: 'a', organisation: 'b' }, new Date());
    const pair = await authority.issue({ commonName: 'c', organisation: 'd' }, { tls: true, hosts: ['localhost'] });
    const files = [
      '--tls-certificate',
      file('own.pem', pair.certificate),
      '--tls-key',
      file('own.key', pair.privateKey),
    ];
    const { code, stdout } = await check(...files);
    expect([code, stdout]).toEqual([0, expect.stringContaining('No fault found.')]);
    expect(stdout).not.toContain('PRIVATE KEY');
  });

  it('tells faults of settings, files, folders and addresses together', async () => {
    const inTheWay = file('a file', '');
    const made = path.join(inTheWay, 'data', 'ledger');
    const found = await faultsOf(
      ...['--data', made, '--shared', inTheWay, '--port', '70000', '--host', '203.0.113.1', '--drain', '-1'],
      ...[
        '--tls-certificate',
        file('none.pem', ''),
        '--tls-key',
        path.join(folder, 'missing.key'),
        '--driver',
        'fabric-gateway',
      ],
    );
    expect(found).toEqual([
      '--port USAGE: "70000" is not a port',
      expect.stringMatching(/^--tls-key FILE_UNREADABLE: .*missing\.key cannot be read$/),
      '--drain USAGE: "-1" is not a number of seconds from 0 to 86400',
      '--driver USAGE: it is for a Fabric network: leave it out, or say fabric',
      expect.stringMatching(/^data FILE_UNREADABLE: .*ledger cannot be made: .*a file cannot be written: /),
      expect.stringMatching(/^shared FILE_UNREADABLE: .*a file cannot be written: /),
    ]);
  });

  it('tries folders and leaves nothing in them', async () => {
    const data = path.join(folder, 'kept');
    mkdirSync(data);
    expect(await faultsOf('--trial', '--port', '0', '--data', data)).toEqual([]);
    expect(await faultsOf('--trial', '--port', '0', '--data', path.join(data, 'a', 'b'))).toEqual([]);
    expect(readdirSync(data)).toEqual([]);
    if (process.platform === 'linux')
      expect(await faultsOf('--trial', '--port', '0', '--data', '/proc/ledger')).toEqual([
        expect.stringMatching(/^data FILE_\w+: \/proc\/ledger cannot be made: /),
      ]);
  });

  it('tells an address on which nothing can listen, and a port that two would take', async () => {
    expect(await faultsOf(...SOUND, '--host', '203.0.113.1')).toEqual([
      'host USAGE: --host 203.0.113.1: no address of this machine (EADDRNOTAVAIL)',
    ]);
    expect(await faultsOf(...SOUND, '--host', 'no-such-host.invalid')).toEqual([
      expect.stringMatching(
        /^host USAGE: --host no-such-host\.invalid: no address of this machine \((?:ENOTFOUND|EAI_AGAIN)\)$/,
      ),
    ]);
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const taken = String((free.address() as AddressInfo).port);
    const own = ['--trial', '--data', path.join(folder, 'data'), '--port', taken];
    // This service itself may run.
    const { code, stdout } = await check(...own);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`Note: port: 127.0.0.1:${taken} is taken`)]);
    expect(await faultsOf(...own, '--peer-port', taken)).toEqual([
      'peer-port USAGE: it is the port too: each listens on its own',
    ]);
    await new Promise((resolve) => free.close(resolve));
  });

  it('tells a folder that is named for a file, and a folder that holds no ledger and is told no founder', async () => {
    expect(await faultsOf(...SOUND, '--outside', folder)).toEqual([
      expect.stringMatching(/^--outside FILE_UNREADABLE: .* is a folder, not a file$/),
    ]);
    const { code, stdout } = await check(...SOUND.slice(1));
    expect([code, stdout]).toEqual([0, expect.stringContaining('holds no ledger yet: found one with')]);
    expect((await check(...SOUND)).stdout).not.toContain('Note:');
  });
});
