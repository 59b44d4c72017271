import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { formatTime } from '../words/numbers';

const EVERY_MS = 15_000;

/** Which ledger this is, how long its log, when it was last signed, and who cosigned: on every page. */
export function TrustLine(): ReactElement {
  const t = useText();
  const ledger = useAsk(['ledger'], (client) => client.ledger(), { refetchMs: EVERY_MS });
  const { data } = ledger;
  const isStale = ledger.isError || (data !== undefined && data.checkpoint === undefined);
  return (
    <footer className={isStale ? 'trust bad' : 'trust'}>
      {isStale && (
        <span>{t('✕ 账本没有答复，或尚无检查点。', '✕ The ledger does not answer, or has no checkpoint yet.')}</span>
      )}
      {data !== undefined && (
        <>
          <span title={data.ledger}>
            {t('账本', 'Ledger')} {data.ledger.slice(0, 12)}
          </span>
          <span>
            {t('日志', 'Log')} {String(data.logSize)} {t('条', 'entries')}
          </span>
          {data.checkpointAt !== undefined && (
            <span>
              {t('检查点', 'Checkpoint')} {formatTime(data.checkpointAt)} <Age since={data.checkpointAt} />
            </span>
          )}
          <Cosigned />
          <Link href="/log">{t('核对', 'Inspect')}</Link>
        </>
      )}
    </footer>
  );
}

/** How long ago; the log is signed when something comes in, so an old checkpoint is no fault by itself. */
function Age({ since }: { readonly since: string }): ReactElement {
  const t = useText();
  const minutes = Math.max(0, Math.floor((Date.now() - new Date(since).getTime()) / 60_000));
  const [zh, en] =
    minutes < 60
      ? [`${String(minutes)} 分钟前`, `${String(minutes)} min ago`]
      : [`${String(Math.floor(minutes / 60))} 小时前`, `${String(Math.floor(minutes / 60))} h ago`];
  return <>{t(`（${zh}）`, `(${en})`)}</>;
}

function Cosigned(): ReactElement {
  const t = useText();
  const { data } = useAsk(['cosigners'], (client) => client.call('getCosigners'), { refetchMs: EVERY_MS });
  const all = data?.cosigners ?? [];
  if (all.length === 0) return <span>{t('无其他组织见证', 'No other organisation cosigns')}</span>;
  const [agreeing, count] = [all.filter(({ agrees }) => agrees).length, all.length].map(String);
  return (
    <span>{t(`${agreeing ?? ''} / ${count ?? ''} 个组织见证`, `Cosigned by ${agreeing ?? ''} of ${count ?? ''}`)}</span>
  );
}
