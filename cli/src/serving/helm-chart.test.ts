import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { onlyWhere } from '../../../test/support/only-where';
import { temporaryFolder } from '../../../test/support/temporary-folder';
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
const NOT_OFFERED = ['certificate', 'private-key', 'outside', 'one-thread', 'msp', 'peer-port', 'shared', 'gateways'];

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
    const image = (repository: string, tag: string, digest = ''): boolean =>
      takes(withFilled({ gateway: { image: { repository, tag, digest } } }));
    expect(image('registry.example:5000/carbon/ledger', '0.1.0')).toBe(true);
    expect([image('r', 't', 'latest'), image('r', 'x y'), image('r --privileged', 't'), image('R', 't')]).toEqual(
      Array<boolean>(4).fill(false),
    );
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
});

const lacking = spawnSync('helm', ['version']).status === 0 ? undefined : 'no helm on the PATH';

onlyWhere(lacking, 'the Helm chart, by helm itself', () => {
  const said = `gateway.profileSecret=p,chaincode.packageId=${FILLED.chaincode.packageId},chaincode.tlsSecret=t`;
  /** Said, because a helm that was built from source believes in an older one. */
  const KUBERNETES = '1.31.0';
  const helm = (verb: string, ...more: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(
      'helm',
      [...(verb === 'lint' ? ['lint', '--strict'] : ['template', 'x']), chart, '--kube-version', KUBERNETES, ...more],
      {
        encoding: 'utf8',
      },
    );

  /** What an operator may say, one by one and together. */
  const OPTIONS: Readonly<Record<string, string>> = {
    'nothing else': 'gateway.enabled=true',
    'its own certificate': 'gateway.tlsSecret=tls',
    'the Prometheus operator': 'serviceMonitor.enabled=true,serviceMonitor.labels.release=prometheus',
    'both of them': 'gateway.tlsSecret=tls,serviceMonitor.enabled=true',
    'a gateway alone': 'chaincode.enabled=false',
    'a contract service alone': 'gateway.enabled=false,gateway.profileSecret=',
    'no network policy': 'networkPolicy.enabled=false',
    'who may reach it': 'networkPolicy.gatewayFrom[0].namespaceSelector.matchLabels.team=web',
    'pinned images': `gateway.image.digest=sha256:${'0'.repeat(64)},chaincode.image.digest=sha256:${'0'.repeat(64)}`,
    'a class of disk': 'gateway.storage.className=fast,gateway.storage.size=5Gi',
    settings: 'gateway.settings.drain=20,gateway.settings.quorum=2,gateway.settings.public-url[0]=https://l.example',
    'where pods run':
      'gateway.nodeSelector.disk=ssd,chaincode.tolerations[0].key=a,chaincode.tolerations[0].operator=Exists',
    'a registry that asks who comes': 'imagePullSecrets[0].name=registry',
    'another service': 'gateway.service.type=LoadBalancer,gateway.service.port=443',
  };

  it.each(Object.entries(OPTIONS))('is linted and rendered with %s', (_what, option) => {
    for (const verb of ['lint', 'template']) {
      const { status, stdout, stderr } = helm(verb, '--set', said, '--set', option);
      expect(status === 0 ? '' : stdout + stderr).toBe('');
    }
  });

  it('is refused without what must be said', () => {
    expect(helm('template').status).not.toBe(0);
    expect(helm('template', '--set', said, '--set', 'gateway.settings.port=1').stderr).toContain('port');
  });

  const schemas =
    spawnSync('kubernetes-validate', ['--version']).status === 0 ? undefined : 'no kubernetes-validate (PyPI)';

  onlyWhere(schemas, 'what helm renders, against the schemas of Kubernetes', () => {
    it.each(Object.entries(OPTIONS))('is taken, with %s', (_what, option) => {
      const { stdout } = helm('template', '--set', said, '--set', option);
      expect(stdout).toContain('kind: ');
      // A kind of an operator's own is in no schema of Kubernetes.
      const own = stdout.split(/^---$/m).filter((text) => !text.includes('kind: ServiceMonitor'));
      const file = path.join(temporaryFolder('helm'), 'rendered.yaml');
      writeFileSync(file, own.join('---'));
      const {
        status,
        stdout: told,
        stderr,
      } = spawnSync('kubernetes-validate', ['--strict', '--kubernetes-version', KUBERNETES, file], {
        encoding: 'utf8',
      });
      expect(status === 0 ? '' : told + stderr).toBe('');
    });
  });
});
