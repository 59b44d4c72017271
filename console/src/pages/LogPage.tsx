import type { ReactElement } from 'react';
import { useAsk } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { ExportShown } from '../lists/ExportShown';
import { Facts } from '../parts/Facts';
import { Failure } from '../parts/Failure';
import { useTitle } from '../parts/use-title';
import { formatTime } from '../words/numbers';
import { TableHead } from '../parts/TableHead';

/** How the log stands, who saw it, and how anybody checks it without this service. */
export function LogPage(): ReactElement {
  const t = useText();
  useTitle(t('日志', 'Log'));
  const ledger = useAsk(['ledger'], (client) => client.ledger());
  const { data } = ledger;
  const rows: readonly (readonly [string, string])[] =
    data === undefined
      ? []
      : [
          [t('账本', 'Ledger'), data.ledger],
          [t('创建方', 'Founder'), data.founder],
          [t('部署', 'Deployment'), `${data.deployment} · ${data.organisation} · ${data.channel}`],
          [t('版本', 'Version'), data.version],
          [t('区块数', 'Blocks'), data.height],
          [t('日志条数', 'Log entries'), String(data.logSize)],
          [t('检查点时间', 'Checkpoint of'), data.checkpointAt === undefined ? '–' : formatTime(data.checkpointAt)],
        ];
  return (
    <>
      <h1>{t('日志', 'Log')}</h1>
      {ledger.error !== null && <Failure error={ledger.error} />}
      <Facts rows={rows} />
      <h2>{t('已签名检查点', 'Signed checkpoint')}</h2>
      <pre tabIndex={0}>{data?.checkpoint ?? t('尚无检查点', 'No checkpoint yet')}</pre>
      {data !== undefined && (
        <p className="row no-print">
          <ExportShown
            name={t('日志', 'log')}
            table={() => [
              [t('项目', 'Item'), t('内容', 'Content')],
              ...rows,
              [t('已签名检查点', 'Signed checkpoint'), data.checkpoint ?? ''],
            ]}
          />
        </p>
      )}
      <Cosigners />
      <WithoutUs />
    </>
  );
}

function Cosigners(): ReactElement {
  const t = useText();
  const { data } = useAsk(['cosigners'], (client) => client.call('getCosigners'));
  const cosigners = data?.cosigners ?? [];
  const titles = [t('组织', 'Organisation'), t('已见证至', 'Cosigned up to'), t('与本日志', 'This log')];
  const agreement = (agrees: boolean): string => (agrees ? t('✓ 一致', '✓ agrees') : t('✕ 不一致', '✕ differs'));
  return (
    <>
      <h2>{t('见证', 'Cosigners')}</h2>
      {cosigners.length === 0 && (
        <p>
          {t(
            '没有其他组织见证：没有见证就不能排除服务向不同的人出示不同的日志。',
            'No other organisation cosigns: without that, nothing rules out that a service shows different logs to different people.',
          )}
        </p>
      )}
      {cosigners.length > 0 && (
        <div className="scroll">
          <table className="data">
            <TableHead titles={titles} />
            <tbody>
              {cosigners.map(({ organisation, size, agrees }) => (
                <tr key={organisation}>
                  <th scope="row">{organisation}</th>
                  <td>{size}</td>
                  <td className={agrees ? 'good' : 'bad'}>{agreement(agrees)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="row no-print">
            <ExportShown
              name={t('见证', 'cosigners')}
              table={() => [
                titles,
                ...cosigners.map(({ organisation, size, agrees }) => [organisation, size, agreement(agrees)]),
              ]}
            />
          </p>
        </div>
      )}
    </>
  );
}

function WithoutUs(): ReactElement {
  const t = useText();
  return (
    <>
      <h2>{t('不依靠我们怎样核验', 'How to check without us')}</h2>
      <ul>
        <li>
          <a href="/v1/ledger/policy" download="policy.json">
            {t('保存核验策略，长期保管', 'Save the policy and keep it')}
          </a>
        </li>
        <li>
          <a href="/verify.html" download="verify.html">
            {t('保存离线核验页', 'Save the verifier page, which works with the network off')}
          </a>
        </li>
        <li>
          <a href="/v1/log/checkpoint">{t('检查点原文（C2SP）', 'The checkpoint as text (C2SP)')}</a> ·{' '}
          <a href="/docs">{t('接口说明', 'The interface')}</a>
        </li>
      </ul>
      <pre tabIndex={0}>npx carbon-ledger verify-receipt FILE.receipt --policy policy.json</pre>
    </>
  );
}
