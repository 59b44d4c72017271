import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { SETTINGS } from './settings';

const root = path.join(__dirname, '../../..');
const text = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const variables = SETTINGS.flatMap(({ env }) => env);

describe('the image', () => {
  const dockerfile = text('Dockerfile');

  it('copies what there is', () => {
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    expect(sources.length).toBeGreaterThan(8);
    for (const name of sources) {
      expect(existsSync(path.join(root, name))).toBe(true);
      expect(text('.dockerignore').split('\n')).toContain(`!${name}`);
    }
  });

  it('holds every workspace that the service is made of', () => {
    const { references } = JSON.parse(text('tsconfig.json')) as { references: { path: string }[] };
    for (const reference of references) expect(dockerfile).toContain(`COPY ${reference.path} ${reference.path}\n`);
  });

  it('holds the pages that the service hands out, which it looks for at its start', () => {
    expect(dockerfile).toContain('COPY console console\n');
    expect(dockerfile).toContain('node console/build.mjs');
    const [, list = ''] = /const sources = \[([^\]]*)\]/.exec(text('console/build.mjs')) ?? [];
    const sources = [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
    expect(sources.length).toBeGreaterThan(5);
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    expect(sources.filter((name) => !copied.some((one) => `${name}/`.startsWith(`${one}/`)))).toEqual([]);
  });

  it('runs as an ordinary user, tells its health, and is told nothing but settings', () => {
    const stages = dockerfile.split(/^FROM /m);
    const last = stages.at(-1) ?? '';
    expect(last).toMatch(/^USER 1000:1000$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    const told = [...last.matchAll(/(CARBON_LEDGER_[A-Z_]+)=/g)].map(([, name = '']) => name);
    expect(told.filter((name) => !variables.includes(name))).toEqual([]);
    const [, program = ''] = /ENTRYPOINT \["node", "\/opt\/carbon-ledger\/([^"]+)"\]/.exec(last) ?? [];
    expect(existsSync(path.join(root, program))).toBe(true);
  });
});

test('compose starts it on a read-only root, without capabilities, within limits, on loopback', () => {
  const { services } = parse(text('compose.yaml')) as { services: { ledger: Record<string, unknown> } };
  expect(services.ledger).toMatchObject({
    read_only: true,
    user: '1000:1000',
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    ports: ['127.0.0.1:8080:8080'],
    volumes: ['ledger:/data'],
    mem_limit: '2g',
  });
  const told = Object.keys(services.ledger['environment'] as object);
  expect(told.filter((name) => !variables.includes(name))).toEqual([]);
});

test('the systemd unit checks the settings first, and lets nothing be written but its own folder', () => {
  const unit = text('deploy/systemd/carbon-ledger.service');
  for (const line of ['DynamicUser=yes', 'ProtectSystem=strict', 'NoNewPrivileges=yes', 'CapabilityBoundingSet='])
    expect(unit.split('\n')).toContain(line);
  expect(unit).toMatch(/^ExecReload=.*-HUP/m);
  expect(unit).toMatch(/^ExecStartPre=.* serve --check-config$/m);
});
