import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import supertest from 'supertest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { serveSite } from './site';

const page = (name: string): string =>
  `<!doctype html><html data-trial="__TRIAL__"><title>${name}</title><script nonce="__CSP_NONCE__"></script>`;

function builtSite(): string {
  const folder = temporaryFolder('site');
  mkdirSync(join(folder, 'assets'));
  const files = {
    'index.html': page('console'),
    'check.html': page('check'),
    'verify.html': '<!doctype html><title>verify</title>',
    'inspect.html': '<!doctype html><title>inspect</title>',
    'assets/app-1.js': 'app',
    'assets/app-1.js.gz': gzipSync('app'),
    'assets/hash.worker-1.js': 'worker',
    'secret.txt': 'secret',
    built: '',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

function service(folder: string): ReturnType<typeof supertest> {
  const app = express();
  const site = serveSite(folder, () => Promise.resolve(true));
  if (site !== undefined) app.use(site);
  return supertest(app);
}

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the built console', () => {
  const ask = service(builtSite());

  it('is given to browsers at any address, with a nonce of its own for each answer', async () => {
    const answers = await Promise.all(['/', '/records/x', '/nowhere'].map((path) => ask.get(path).set(browser)));
    expect(answers.map(({ status, text }) => [status, text.includes('console')])).toEqual(
      answers.map(() => [200, true]),
    );
    const policies = answers.map(({ headers }) => headers['content-security-policy'] ?? '');
    expect(new Set(policies).size).toBe(3);
    const nonce = /'nonce-([\w-]{22})'/.exec(policies[0] ?? '')?.[1] ?? 'none';
    expect(answers[0]?.text).toContain(`nonce="${nonce}"`);
    expect(policies[0]).not.toMatch(/unsafe|https?:|\*/);
  });

  it('says from its first moment whether anybody can make the keys of the ledger', async () => {
    expect((await ask.get('/records/x').set(browser)).text).toContain('data-trial="true"');
  });

  it('has its home for whoever takes HTML at all, as programs do that say nothing', async () => {
    const asked = ['*/*', 'application/json'].map((accept) => ask.get('/').set({ accept }));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 404]);
  });

  it('has a page of its own for the drop box', async () => {
    expect((await ask.get('/check').set(browser)).text).toContain('<title>check');
  });

  it('keeps away from programs and from the routes of the service', async () => {
    const asked = [ask.get('/nowhere'), ask.get('/v1/nowhere').set(browser), ask.post('/').set(browser)];
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it('gives files packed where they are wanted so, to be kept for ever', async () => {
    const packed = await ask.get('/assets/app-1.js').set('accept-encoding', 'gzip');
    const plain = await ask.get('/assets/app-1.js').set('accept-encoding', 'identity');
    expect([packed.headers['content-encoding'], plain.headers['content-encoding']]).toEqual(['gzip', undefined]);
    expect(plain.headers['cache-control']).toContain('immutable');
    expect([packed.text, plain.text]).toEqual(['app', 'app']);
  });

  it('lets workers reach nothing', async () => {
    const { headers } = await ask.get('/assets/hash.worker-1.js');
    expect(headers['content-security-policy']).toContain("connect-src 'none'");
  });

  it.each(['/secret.txt', '/built', '/assets/../secret.txt', '/assets/%2e%2e/secret.txt', '/assets/app-1.js.gz'])(
    'does not give %s',
    async (path) => {
      expect((await ask.get(path)).status).toBe(404);
    },
  );
});

it('is not there where no build was finished', () => {
  expect(serveSite(undefined, () => Promise.resolve(true))).toBeUndefined();
  expect(serveSite(temporaryFolder('site'), () => Promise.resolve(true))).toBeUndefined();
});
