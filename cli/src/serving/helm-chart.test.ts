import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { SETTINGS } from './settings';

const chart = path.join(__dirname, '../../../deploy/helm/carbon-ledger');
const text = (...names: string[]): string => readFileSync(path.join(chart, ...names), 'utf8');
const values = parse(text('values.yaml')) as Record<string, unknown>;
const schema = JSON.parse(text('values.schema.json')) as Parameters<typeof z.fromJSONSchema>[0] & {
  properties: { gateway: { properties: { settings: { properties: object } } } };
};
const templates = readdirSync(path.join(chart, 'templates'));

/** What the chart says itself, and what would need files that it mounts nowhere. */
const ITS_OWN = ['data', 'port', 'host', 'fabric', 'tls-certificate', 'tls-key'];
const NOT_OFFERED = ['certificate', 'private-key', 'outside', 'one-thread', 'shared', 'gateways'];

/** The least that has to be said. */
const FILLED = {
  gateway: { profileSecret: 'profile' },
  chaincode: { packageId: `carbon_1:${'0'.repeat(64)}`, tlsSecret: 'chaincode-tls' },
};

function withFilled(more: Record<string, Record<string, unknown>> = {}): unknown {
  const laid = (name: 'gateway' | 'chaincode'): object => ({
    ...(values[name] as object),
    ...FILLED[name],
    ...more[name],
  });
  return { ...values, gateway: laid('gateway'), chaincode: laid('chaincode') };
}

const takes = (value: unknown): boolean => z.fromJSONSchema(schema).safeParse(value).success;

describe('the Helm chart', () => {
  it('takes its own values once what must be said is said', () => {
    expect(takes(withFilled())).toBe(true);
    expect(takes(values)).toBe(false);
    expect(takes(withFilled({ gateway: { profileSecret: '', enabled: false } }))).toBe(true);
    expect(takes(withFilled({ gateway: { image: { repository: 'r', tag: 't', digest: 'latest' } } }))).toBe(false);
    expect(takes(withFilled({ gateway: { storage: { size: 'much' } } }))).toBe(false);
    expect(takes(withFilled({ gateway: { settings: { drain: -1 } } }))).toBe(false);
    expect(takes({ ...(withFilled() as object), networkPolicy: { enabled: true, typo: 1 } })).toBe(false);
  });

  it('offers every setting of the service that it does not say itself', () => {
    const offered = Object.keys(schema.properties.gateway.properties.settings.properties);
    const names = SETTINGS.map(({ name }) => name);
    expect([...offered, ...ITS_OWN, ...NOT_OFFERED].sort()).toEqual([...names].sort());
  });

  it('uses no value that there is not', () => {
    const used = templates.flatMap((name) => [...text('templates', name).matchAll(/\.Values((?:\.[A-Za-z]+)+)/g)]);
    expect(used.length).toBeGreaterThan(20);
    const isThere = (place: string): boolean =>
      place
        .split('.')
        .slice(1)
        .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], values) !== undefined;
    expect(used.map(([, place = '']) => place).filter((place) => !isThere(place))).toEqual([]);
  });

  it('runs nothing as root, nothing on a root that can be written, and no two gateways on one folder', () => {
    const helpers = text('templates', '_helpers.tpl');
    for (const line of ['runAsNonRoot: true', 'readOnlyRootFilesystem: true', 'allowPrivilegeEscalation: false'])
      expect(helpers).toContain(line);
    expect(text('templates', 'gateway.yaml')).toContain('replicas: 1\n');
    for (const name of ['gateway.yaml', 'chaincode.yaml'])
      expect(text('templates', name)).toContain('include "carbon-ledger.container"');
  });

  const hasHelm = spawnSync('helm', ['version']).status === 0;
  (hasHelm ? it : it.skip)(`is rendered by helm${hasHelm ? '' : ' (not run: no helm on the PATH)'}`, () => {
    const said = [
      '--set',
      `gateway.profileSecret=p,chaincode.packageId=${FILLED.chaincode.packageId},chaincode.tlsSecret=t`,
    ];
    const render = (...more: string[]): ReturnType<typeof spawnSync> =>
      spawnSync('helm', ['template', 'x', chart, ...more]);
    expect(render(...said).status).toBe(0);
    expect(render().status).toBe(1);
    expect(render(...said, '--set', 'gateway.tlsSecret=t,serviceMonitor.enabled=true').status).toBe(0);
  });
});
