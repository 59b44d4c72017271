import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { createAuthority } from '../../../embedded-peer/src/identity/certificates';
import { onlyWhere } from '../../../test/support/only-where';
import { Metrics, type WatchedCertificate } from './metrics';

const root = path.join(__dirname, '../../..');
const text = (name: string): string => readFileSync(path.join(root, name), 'utf8');

function metrics(endorsersAway: readonly string[] = [], certificates: readonly WatchedCertificate[] = []): Metrics {
  const zero = (): number => 0;
  return new Metrics({
    logSize: zero,
    height: () => 0n,
    checkpointSize: zero,
    waiting: zero,
    isReady: () => true,
    endorsersAway: () => endorsersAway,
    certificates: () => certificates,
  });
}

/** Names that genuine Fabric 3.1.5 nodes and Prometheus itself have. */
const OUTSIDE = ['ledger_blockchain_height', 'gossip_membership_total_peers_known', 'up'];

/** Names of metrics in an expression; what stands in braces and quotes are labels. */
function namesIn(expression: string): string[] {
  const bare = expression.replace(/\{[^}]*\}/g, '').replace(/\b(by|on|without)\s*\([^)]*\)/g, '');
  const words = bare.match(/[a-z][a-z0-9_]*(?![a-z0-9_]*\s*\()/gi) ?? [];
  return words
    .filter((word) => word.includes('_') || word === 'up')
    .filter((word) => !/^(group_right|group_left)$/.test(word));
}

async function known(): Promise<Set<string>> {
  const own = (await metrics().registry.getMetricsAsJSON()).map(({ name }) => name);
  const parts = own.flatMap((name) => [name, `${name}_bucket`, `${name}_count`, `${name}_sum`]);
  return new Set([...parts, ...OUTSIDE]);
}

describe('metrics', () => {
  it('are named as Prometheus asks (the rules of promlint)', async () => {
    for (const { name, help, type } of await metrics().registry.getMetricsAsJSON()) {
      expect(help).not.toBe('');
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|hours|kilobytes|megabytes)(_|$)|(gauge|counter|histogram)/);
      expect([name, name.endsWith('_total')]).toEqual([name, String(type) === 'counter']);
      expect(name).not.toMatch(/_(count|sum|bucket)$/);
    }
  });

  it('name the organisations that do not endorse, and no others', async () => {
    expect(await metrics(['LabMSP']).registry.metrics()).toContain(
      'carbon_ledger_endorser_away{organisation="LabMSP"} 1',
    );
    expect(await metrics().registry.metrics()).not.toContain('carbon_ledger_endorser_away{');
  });

  it('tell when certificates end', async () => {
    const { pair } = await createAuthority({ commonName: 'a', organisation: 'b' }, new Date('2020-01-01T00:00:00Z'));
    const own = [{ name: 'tls', certificate: Buffer.from(pair.certificate) }];
    expect(await metrics([], own).registry.metrics()).toContain(
      `carbon_ledger_certificate_expires_timestamp_seconds{certificate="tls"} ${String(Date.parse('2035-01-01T00:00:00Z') / 1000)}`,
    );
  });

  it('are what the dashboard shows', async () => {
    const { panels } = JSON.parse(text('deploy/monitoring/grafana-dashboard.json')) as {
      panels: { targets: { expr: string }[] }[];
    };
    const used = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)));
    const names = await known();
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((name) => !names.has(name))).toEqual([]);
  });

  it('are what alerts look at, each of which says what it means and what to do', async () => {
    const { groups } = parse(text('deploy/monitoring/alerts.yaml')) as {
      groups: {
        rules: { alert: string; expr: string; labels: { severity: string }; annotations: { runbook: string } }[];
      }[];
    };
    const names = await known();
    const document = text('docs/operations.md');
    for (const { alert, expr, labels, annotations } of groups.flatMap(({ rules }) => rules)) {
      expect([alert, namesIn(expr).filter((name) => !names.has(name))]).toEqual([alert, []]);
      expect(namesIn(expr)).not.toEqual([]);
      expect(['page', 'warn']).toContain(labels.severity);
      expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
      expect(document).toContain(`\n### ${alert}\n`);
    }
  });
});

const lacking = spawnSync('promtool', ['--version']).status === 0 ? undefined : 'no promtool (prometheus)';

onlyWhere(lacking, "Prometheus' own linter", () => {
  const promtool = (argv: readonly string[], input?: string): { status: number | null; told: string } => {
    const { status, stdout, stderr } = spawnSync('promtool', argv, { input, encoding: 'utf8' });
    return { status, told: `${stdout}${stderr}` };
  };

  it('finds nothing in the metrics', async () => {
    expect(promtool(['check', 'metrics'], await metrics(['LabMSP']).registry.metrics())).toEqual({
      status: 0,
      told: '',
    });
  });

  it('finds nothing in the alert rules', () => {
    const { status, told } = promtool(['check', 'rules', path.join(root, 'deploy/monitoring/alerts.yaml')]);
    expect([status, status === 0 ? '' : told]).toEqual([0, '']);
  });
});
