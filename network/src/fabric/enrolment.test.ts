import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { planLayout, statePaths, type Layout, type StatePaths } from '../layout';
import type { CommandOptions, CommandResult } from '../runtime/command';
import { parseTopology } from '../topology';
import { enrolAll, prepareAuthorities } from './enrolment';
import type { FabricTools, Tool } from './tools';

const shipped = readFileSync(join(__dirname, '../../topology.yaml'), 'utf8');

/** A CA's client that lays files down as the genuine one does, and refuses a name that is registered twice. */
class FakeAuthorities implements FabricTools {
  readonly calls: { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> }[] = [];
  readonly registered = new Set<string>();
  /** Enrolments until the next one fails, to break off in the middle. */
  patience = Infinity;

  check(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  run(_: Tool, args: readonly string[], { env = {} }: CommandOptions = {}): Promise<CommandResult> {
    this.calls.push({ args, env });
    return Promise.resolve(args[0] === 'register' ? this.#register(args) : this.#enrol(args));
  }

  #register(args: readonly string[]): CommandResult {
    const name = args[args.indexOf('--id.name') + 1] ?? '';
    if (this.registered.has(name)) return failed(`Identity '${name}' is already registered`);
    this.registered.add(name);
    return { code: 0, stdout: '', stderr: '' };
  }

  #enrol(args: readonly string[]): CommandResult {
    if (this.patience-- <= 0) return failed('connection refused');
    const folder = args[args.indexOf('--mspdir') + 1] ?? '';
    for (const [place, file] of [
      ['signcerts', 'cert.pem'],
      ['keystore', `${this.calls.length}_sk`],
    ] as const) {
      mkdirSync(join(folder, place), { recursive: true });
      writeFileSync(join(folder, place, file), args.join(' '));
    }
    return { code: 0, stdout: '', stderr: '' };
  }
}

const failed = (reason: string): CommandResult => ({ code: 1, stdout: '', stderr: `Error: ${reason}` });

let folder: string;
let state: StatePaths;
let layout: Layout;

beforeEach(() => {
  folder = temporaryFolder('enrolment');
  state = statePaths(folder);
  layout = planLayout(parseTopology(shipped, ['ca']), 'native');
  prepareAuthorities(layout, state);
  for (const { id } of layout.authorities) writeFileSync(join(state.data, id, 'ca-cert.pem'), `root of ${id}`);
});

const lab = 'peerOrganizations/lab.carbon-ledger.test';

describe('prepareAuthorities', () => {
  it('plans one CA for each MSP: five of peers, four of orderers', () => {
    expect(layout.authorities).toHaveLength(9);
    expect(new Set(layout.authorities.map(({ mspId }) => mspId)).size).toBe(9);
  });

  it('gives each a secret of its own that only the owner can read', () => {
    const files = layout.authorities.map(({ id }) => join(state.data, id, 'fabric-ca-server-config.yaml'));
    const secrets = files.map((file) => {
      const config = parse(readFileSync(file, 'utf8')) as { registry: { identities: { pass: string }[] } };
      return config.registry.identities[0]?.pass;
    });
    expect(new Set(secrets).size).toBe(9);
    for (const file of files) expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('keeps the secret when `up` is repeated', () => {
    const file = join(state.data, layout.authorities[0]!.id, 'fabric-ca-server-config.yaml');
    const before = readFileSync(file, 'utf8');
    prepareAuthorities(layout, state);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

describe('enrolAll', () => {
  it('fills the folders that cryptogen would have made', async () => {
    await enrolAll(layout, state, new FakeAuthorities());
    const wanted = [
      `${lab}/msp/config.yaml`,
      `${lab}/msp/cacerts/ca.lab.carbon-ledger.test-cert.pem`,
      `${lab}/peers/peer0.lab.carbon-ledger.test/msp/keystore/priv_sk`,
      `${lab}/peers/peer0.lab.carbon-ledger.test/tls/server.crt`,
      `${lab}/users/User1@lab.carbon-ledger.test/msp/signcerts/User1@lab.carbon-ledger.test-cert.pem`,
      `${lab}/users/Admin@lab.carbon-ledger.test/tls/client.key`,
      `${lab}/peers/chaincode.lab.carbon-ledger.test/tls/server.key`,
      'ordererOrganizations/ordering.registry.carbon-ledger.test/orderers/orderer4.ordering.registry.carbon-ledger.test/msp/keystore/priv_sk',
    ];
    expect(wanted.filter((file) => !existsSync(join(state.crypto, file)))).toEqual([]);
  });

  it('makes the chaincode service no member: it gets TLS only', async () => {
    await enrolAll(layout, state, new FakeAuthorities());
    expect(existsSync(join(state.crypto, lab, 'peers/chaincode.lab.carbon-ledger.test/msp'))).toBe(false);
  });

  it('puts the names of both slots into the service certificate', async () => {
    await enrolAll(layout, state, new FakeAuthorities());
    const certificate = readFileSync(
      join(state.crypto, lab, 'peers/chaincode.lab.carbon-ledger.test/tls/server.crt'),
      'utf8',
    );
    expect(certificate).toContain(
      'chaincode-0.lab.carbon-ledger.test,chaincode-1.lab.carbon-ledger.test,localhost,127.0.0.1',
    );
  });

  it('never shows a secret in the arguments of a program', async () => {
    const authorities = new FakeAuthorities();
    await enrolAll(layout, state, authorities);
    const secrets = authorities.calls.flatMap(
      ({ env }) => /:([0-9a-f]{64})@/.exec(env.FABRIC_CA_CLIENT_URL ?? '')?.[1] ?? [],
    );
    const shown = authorities.calls.map(({ args }) => args.join(' ')).join(' ');
    expect(secrets.length).toBeGreaterThan(50);
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
  });

  it('issues nothing twice', async () => {
    const authorities = new FakeAuthorities();
    expect(await enrolAll(layout, state, authorities)).toBe(33);
    const calls = authorities.calls.length;
    expect(await enrolAll(layout, state, authorities)).toBe(0);
    expect(authorities.calls).toHaveLength(calls);
  });

  it('goes on after a break with what was registered', async () => {
    const authorities = new FakeAuthorities();
    authorities.patience = 20;
    await expect(enrolAll(layout, state, authorities)).rejects.toThrow(/connection refused/);
    authorities.patience = Infinity;
    expect(await enrolAll(layout, state, authorities)).toBeGreaterThan(0);
    expect(existsSync(join(state.crypto, lab, 'users/User1@lab.carbon-ledger.test/msp/keystore/priv_sk'))).toBe(true);
  });
});
