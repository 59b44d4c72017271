import { writeFileSync } from 'node:fs';
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
});
