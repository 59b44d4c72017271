import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { planLayout, statePaths } from '../layout';
import { parseTopology } from '../topology';
import type { ChannelConfig } from './channel-config';
import {
  isRaftConsenter,
  orderingSigners,
  withoutRaftConsenter,
  withRaftConsenter,
  withRenewedConsenter,
} from './consenters';

const layout = planLayout(parseTopology(readFileSync(join(__dirname, '../../topology.yaml'), 'utf8')), 'native');
const [orderer] = layout.orderers;
if (orderer === undefined) throw new Error('there is no orderer');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

function writeCertificates(folder: string, tls: string, identity: string): void {
  for (const [name, content] of [
    ['tls/server.crt', tls],
    [`msp/signcerts/${orderer?.id ?? ''}-cert.pem`, identity],
  ] as const) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

const root = temporaryFolder('consenters');
const state = statePaths(root);
const former = join(root, 'former');
writeCertificates(former, 'old tls', 'old identity');
writeCertificates(join(state.crypto, orderer.cryptoDir), 'new tls', 'new identity');

/** As configtxlator writes a SmartBFT channel: consenters, and the same identities in the policy of blocks. */
function config(tls: string, identity: string): ChannelConfig {
  const consenters = [
    { id: 1, identity: base64(identity), client_tls_cert: base64(tls), server_tls_cert: base64(tls) },
    { id: 2, identity: base64('another'), client_tls_cert: base64('other tls'), server_tls_cert: base64('other tls') },
  ];
  const identities = [{ principal: { id_bytes: base64(identity) } }, { principal: { id_bytes: base64('another') } }];
  return {
    channel_group: {
      groups: {
        Application: { values: { kept: base64('old tls') } },
        Orderer: {
          values: { Orderers: { value: { consenter_mapping: consenters } } },
          policies: { BlockValidation: { policy: { value: { identities } } } },
        },
      },
    },
  };
}

describe('withRenewedConsenter', () => {
  it('renews the certificates among the consenters and in the policy of blocks, and nothing else', () => {
    const changed = withRenewedConsenter(config('old tls', 'old identity'), state, orderer, former);
    expect(changed).toEqual(config('new tls', 'new identity'));
  });

  it('refuses where the channel names others: somebody renewed them before', () => {
    expect(() => withRenewedConsenter(config('x', 'y'), state, orderer, former)).toThrow('does not name');
  });
});

test('those who order sign in the name of their ordering organisation, as its administrator', () => {
  const signers = orderingSigners(layout, state);
  expect(signers.map(({ env }) => env.CORE_PEER_LOCALMSPID)).toEqual([
    'RegulatorOrdererMSP',
    'EnterpriseOrdererMSP',
    'VerifierOrdererMSP',
    'RegistryOrdererMSP',
  ]);
});

describe('an orderer of a Raft channel', () => {
  const own = { host: orderer.host, port: orderer.port, client_tls_cert: 'x', server_tls_cert: 'x' };
  const other = { host: 'other.test', port: 7060, client_tls_cert: 'y', server_tls_cert: 'y' };
  const options = { tick_interval: '100ms' };
  const ordered = (...consenters: readonly object[]): ChannelConfig => ({
    channel_group: {
      groups: {
        Application: { values: {} },
        Orderer: { values: { ConsensusType: { value: { type: 'etcdraft', metadata: { consenters, options } } } } },
      },
    },
  });

  it('leaves, and nothing else is changed', () => {
    expect(withoutRaftConsenter(ordered(own, other), orderer)).toEqual(ordered(other));
    expect(withoutRaftConsenter(ordered(other), orderer)).toEqual(ordered(other));
  });

  it('comes in again as the last, by the certificate that it has now', () => {
    const [tls] = [base64('new tls')];
    const anew = { ...own, client_tls_cert: tls, server_tls_cert: tls };
    expect(withRaftConsenter(ordered(other), state, orderer)).toEqual(ordered(other, anew));
  });

  it('is known by its place', () => {
    expect(isRaftConsenter(ordered(other, own), orderer)).toBe(true);
    expect(isRaftConsenter(ordered(other, { ...own, port: own.port + 1 }), orderer)).toBe(false);
  });

  it('is none where the channel is ordered otherwise, which is told', () => {
    expect(() => isRaftConsenter(config('old tls', 'old identity'), orderer)).toThrow('not ordered by Raft');
  });
});
