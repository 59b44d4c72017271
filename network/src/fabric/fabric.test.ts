import { majority, hasOrganisation, withOrganisation, type ChannelConfig } from './channel-config';
import { readMetric } from './operations';
import { toolError } from './tools';

const metrics = [
  '# TYPE ledger_blockchain_height gauge',
  'ledger_blockchain_height{channel="audit"} 12',
  'ledger_blockchain_height{channel="other"} 7',
  'ledger_blockchain_height_total{channel="audit"} 99',
  'consensus_BFT_leader_id{channel="audit"} 2',
  'process_start_time_seconds 1.5e+09',
].join('\n');

describe('readMetric', () => {
  it('takes the sample with the labels that are asked for', () => {
    expect(readMetric(metrics, 'ledger_blockchain_height', { channel: 'audit' })).toBe(12);
    expect(readMetric(metrics, 'consensus_BFT_leader_id', { channel: 'audit' })).toBe(2);
  });

  it('reads samples without labels', () => {
    expect(readMetric(metrics, 'process_start_time_seconds')).toBe(1.5e9);
  });

  it('is undefined where there is none', () => {
    expect(readMetric(metrics, 'ledger_blockchain_height', { channel: 'absent' })).toBeUndefined();
  });
});

describe('channel configuration', () => {
  const config: ChannelConfig = {
    sequence: '3',
    channel_group: {
      groups: { Orderer: { groups: {} }, Application: { groups: { LabMSP: { version: '0' } }, policies: {} } },
      values: {},
    },
  };

  it('gains an organisation and loses nothing', () => {
    const changed = withOrganisation(config, 'ObserverMSP', { values: {} });
    expect(hasOrganisation(changed, 'ObserverMSP')).toBe(true);
    expect(hasOrganisation(changed, 'LabMSP')).toBe(true);
    expect(changed.channel_group.groups?.Orderer).toEqual({ groups: {} });
    expect(hasOrganisation(config, 'ObserverMSP')).toBe(false);
  });

  it('refuses a channel without members', () => {
    expect(() => withOrganisation({ channel_group: {} }, 'ObserverMSP', {})).toThrow(/no application group/);
  });

  it('needs three signatures of five, four of six', () => {
    expect([majority(5), majority(6)]).toEqual([3, 4]);
  });
});

describe('toolError', () => {
  it('tells the reason and leaves out the usage that follows it', () => {
    const result = { code: 1, stdout: '', stderr: 'Error: proposal failed\nUsage:\n  peer lifecycle …\nFlags:\n  -h' };
    expect(toolError('peer', 'Approval', result, '').message).toBe(
      'Approval failed (peer, exit 1):\nError: proposal failed',
    );
  });
});
