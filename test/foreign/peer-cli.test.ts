import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { trialNationalAuthority } from '@carbon-ledger/plant-year/trial';
import { LedgerFolder } from '../support/ledger-folder';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

const lacking =
  spawnSync('peer', ['version']).status === 0
    ? undefined
    : "no peer of Fabric's release on the PATH (network/README.md)";

/* The administrators' program of Fabric, unmodified: it asks for nothing that a genuine peer would not give. */
onlyWhere(lacking, "Fabric's peer at the embedded peer", () => {
  const folder = temporaryFolder('peer-cli');
  const data = path.join(folder, 'data');
  const msp = path.join(folder, 'msp');
  let ledger: LedgerFolder;

  /** A folder as Fabric's programs take an identity: certificate, key, authority, and that roles stand in certificates. */
  function layOutMsp(identities: string): void {
    const own = path.join(identities, 'organisations', 'EmbeddedMSP');
    for (const name of ['signcerts', 'keystore', 'cacerts']) mkdirSync(path.join(msp, name), { recursive: true });
    cpSync(path.join(own, 'client.pem'), path.join(msp, 'signcerts', 'client.pem'));
    cpSync(path.join(own, 'client.key'), path.join(msp, 'keystore', 'client_sk'));
    cpSync(path.join(own, 'ca.pem'), path.join(msp, 'cacerts', 'ca.pem'));
    const units = ['Client', 'Peer', 'Admin', 'Orderer'].map(
      (name) =>
        `  ${name}OUIdentifier: { Certificate: cacerts/ca.pem, OrganizationalUnitIdentifier: ${name.toLowerCase()} }`,
    );
    writeFileSync(path.join(msp, 'config.yaml'), ['NodeOUs:', '  Enable: true', ...units, ''].join('\n'));
    const core = 'peer:\n  client: { connTimeout: 10s }\n  BCCSP: { Default: SW, SW: { Hash: SHA2, Security: 256 } }\n';
    writeFileSync(path.join(folder, 'core.yaml'), core);
  }

  beforeAll(async () => {
    ledger = await LedgerFolder.open({ dataDir: data });
    await ledger.found();
    layOutMsp(path.join(data, 'peer', 'identities'));
  });
  afterAll(() => ledger.close());

  function query(chaincode: string, fcn: string, ...args: string[]): Promise<string> {
    const tls = path.join(data, 'peer', 'identities', 'tls');
    const argv = ['chaincode', 'query', '-C', 'audit', '-n', chaincode, '-c', JSON.stringify({ Args: [fcn, ...args] })];
    const env = {
      PATH: process.env['PATH'],
      FABRIC_CFG_PATH: folder,
      CORE_PEER_ADDRESS: ledger.endpoint,
      CORE_PEER_LOCALMSPID: 'EmbeddedMSP',
      CORE_PEER_MSPCONFIGPATH: msp,
      CORE_PEER_TLS_ENABLED: 'true',
      CORE_PEER_TLS_ROOTCERT_FILE: path.join(tls, 'ca.pem'),
      CORE_PEER_TLS_CLIENTAUTHREQUIRED: 'true',
      CORE_PEER_TLS_CLIENTCERT_FILE: path.join(tls, 'client.pem'),
      CORE_PEER_TLS_CLIENTKEY_FILE: path.join(tls, 'client.key'),
    };
    return new Promise((resolve, reject) => {
      // The peer is in this process, which must go on answering.
      execFile('peer', argv, { env }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(stderr));
      });
    });
  }

  it('asks qscc and cscc', async () => {
    expect(await query('qscc', 'GetChainInfo', 'audit')).not.toBe('');
    expect(await query('cscc', 'GetChannelConfig', 'audit')).toContain('EmbeddedMSP');
    await expect(query('cscc', 'JoinChain', 'audit')).rejects.toThrow('access denied');
  });

  it('asks the contract', async () => {
    const { uscc } = trialNationalAuthority;
    expect(JSON.parse(await query('carbon-audit-ledger', 'info'))).toMatchObject({
      ledgerId: ledger.id,
      founder: uscc,
    });
    await expect(query('carbon-audit-ledger', 'nothing')).rejects.toThrow('nothing');
  });
});
