import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isLedgerError } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { readSettings, tlsFilesOf, type ReadSettings } from './read-settings';
import { SETTINGS, type ServeOptions } from './settings';

const folder = temporaryFolder('settings');
let files = 0;

function file(content: string): string {
  files += 1;
  const name = path.join(folder, `settings-${String(files)}.yaml`);
  writeFileSync(name, content);
  return name;
}

function read(flags: ServeOptions = {}, env: Record<string, string> = {}, content?: string): Promise<ReadSettings> {
  return readSettings(flags, env, content === undefined ? undefined : file(content));
}

async function faultsOf(reading: Promise<ReadSettings>): Promise<string[]> {
  const error: unknown = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isLedgerError(error)) throw new Error('nothing was found');
  return error.faults.map((fault) => `${fault.path}: ${fault.message}`);
}

describe('readSettings', () => {
  it('lets the command line go before the environment, that before the file, and that before what is usual', async () => {
    const content = 'port: 1\nquorum: 2\nlog-level: error\nhost: 0.0.0.0\n';
    const env = { CARBON_LEDGER_PORT: '3', CARBON_LEDGER_QUORUM: '4' };
    const { options, chosen } = await read({ port: '5' }, env, content);
    expect(options).toMatchObject({ port: '5', quorum: '4', logLevel: 'error', host: '0.0.0.0', drain: '0' });
    const sources = Object.fromEntries(chosen.map(({ setting, source }) => [setting.name, source]));
    expect(sources).toEqual({
      port: 'command line',
      quorum: 'environment',
      'log-level': 'file',
      host: 'file',
      drain: 'default',
    });
  });

  it('takes the older names of variables, after the new ones', async () => {
    expect((await read({}, { PORT: '1', DATA_DIR: 'd' })).options).toMatchObject({ port: '1', data: 'd' });
    expect((await read({}, { PORT: '1', CARBON_LEDGER_PORT: '2' })).options).toMatchObject({ port: '2' });
  });

  it('reads flags and lists from each place', async () => {
    const content =
      'trial: true\npublic-url: [https://a.example, https://b.example]\ntrust-proxy: [10.0.0.7, 10.1.0.0/24]\n';
    expect((await read({}, {}, content)).options).toMatchObject({
      trial: true,
      publicUrl: ['https://a.example', 'https://b.example'],
      trustProxy: '10.0.0.7,10.1.0.0/24',
    });
    const env = { CARBON_LEDGER_TRIAL: '1', CARBON_LEDGER_PUBLIC_URL: 'https://a.example,https://b.example' };
    expect((await read({}, env)).options).toMatchObject({
      trial: true,
      publicUrl: ['https://a.example', 'https://b.example'],
    });
  });

  it('names a file from where the settings lie', async () => {
    const profile = file('{}');
    const { options } = await read({}, {}, `fabric: ${path.basename(profile)}\n`);
    expect(options.fabric).toBe(profile);
  });

  it('takes nothing that is empty for a folder, an address or a file', async () => {
    expect(await faultsOf(read({ data: '' }))).toEqual(['--data: it is empty']);
    expect(await faultsOf(read({ host: '', outside: '' }))).toEqual(['--host: it is empty', '--outside: it is empty']);
    expect(await faultsOf(read({}, {}, 'founder-name: ""\n'))).toEqual(['founder-name: it is empty']);
    expect((await read({}, { DATA_DIR: '' })).options.data).toBeUndefined();
  });

  it('reads no letters that are not there, and no name twice', async () => {
    const name = file('');
    writeFileSync(name, Buffer.concat([Buffer.from('founder-name: '), Buffer.from([0xd6, 0xd0]), Buffer.from('\n')]));
    await expect(readSettings({}, {}, name)).rejects.toMatchObject({ code: 'BAD_ENCODING' });
    await expect(read({}, {}, 'port: 1\nport: 2\n')).rejects.toMatchObject({ code: 'BAD_FILE' });
    await expect(read({}, {}, '{"port": 1, "p\\u006frt": 2}')).rejects.toMatchObject({ code: 'BAD_FILE' });
  });

  it('tells every fault of every place at once', async () => {
    const env = { CARBON_LEDGER_QUORUM: 'many', CARBON_LEDGER_TRIAL: 'perhaps' };
    const content = 'portt: 1\npeer-wait: 5 minutes\noutside: missing.json\npublic-url: ftp://x\nlog-level: loud\n';
    expect(await faultsOf(read({ port: '99999' }, env, content))).toEqual([
      expect.stringContaining('file portt: there is no setting "portt"; there are data, port, host'),
      '--port: "99999" is not a port',
      'CARBON_LEDGER_TRIAL: "perhaps" is neither true nor false',
      `outside: ${path.join(folder, 'missing.json')} cannot be read`,
      'CARBON_LEDGER_QUORUM: "many" is not a number of organisations from 0 to 32',
      'peer-wait: "5 minutes" is not a number of seconds from 0 to 86400',
      'public-url: "ftp://x" is no address of a service (https://ledger.example)',
      'log-level: "loud" is no level of the log: fatal, error, warn, info, debug, trace, silent',
    ]);
  });

  it('names all of a list that are no networks', async () => {
    expect(
      await faultsOf(read({}, {}, 'trust-proxy: [foo, 10.0.0.7, 10.0.0.0/99]\nwebhook-networks: [::1, bar]\n')),
    ).toEqual([
      'trust-proxy: "foo", "10.0.0.0/99" are no address or network of a proxy (10.0.0.7 or 10.0.0.0/24)',
      'webhook-networks: "bar" is no address or network (10.0.0.7 or 10.0.0.0/24)',
    ]);
  });

  it.each(['http://user:hunter2@host/', 'ftp://hunter2@host', 'https://a:hun@ter2@host'])(
    'repeats no password that stands in an address: %s',
    async (url) => {
      const [told = ''] = await faultsOf(read({ publicUrl: [url] }));
      expect(told).toMatch(/^--public-url: "[a-z]+:\/\/…@host\/?" is no address/);
    },
  );

  it.each([
    ['- a list', 'holds no settings'],
    ['{', 'is neither YAML nor JSON'],
  ])('refuses a file of %j', async (content, reason) => {
    await expect(read({}, {}, content)).rejects.toThrow(reason);
  });

  it('takes a certificate with its key only', async () => {
    const [certificate, key] = [file('certificate'), file('key')];
    expect(await faultsOf(read({ tlsCertificate: certificate }))).toEqual([
      '--tls-certificate: tls-certificate and tls-key go together: say both',
    ]);
    expect(await faultsOf(read({}, { CARBON_LEDGER_TLS_KEY: key }))).toHaveLength(1);
    expect(tlsFilesOf((await read({ tlsCertificate: certificate, tlsKey: key })).options)).toEqual({
      certificate,
      privateKey: key,
    });
    expect(tlsFilesOf((await read()).options)).toBeUndefined();
  });

  it('refuses a file that is not there', async () => {
    await expect(readSettings({}, {}, path.join(folder, 'nowhere.yaml'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });
});

test('docs/operations.md names every setting with its variable', () => {
  const document = readFileSync(path.join(__dirname, '../../../docs/operations.md'), 'utf8');
  for (const { name, env } of SETTINGS) {
    expect(document).toContain(`| \`${name}\` |`);
    for (const variable of env) expect(document).toContain(`\`${variable}\``);
  }
});
