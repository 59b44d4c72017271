import type { Impact } from './answer';
import { isLedgerError } from '@carbon-ledger/core';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk, usePartyName } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { Button } from '../parts/Button';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { TableHead } from '../parts/TableHead';
import { formatAmount } from '../words/numbers';
import { titleOfRecord } from '../words/place-words';
import { ClosedFigures } from './ClosedFigures';
import { Footprints } from './Footprints';
import { signed, tonnesWords } from './tonnes-words';
import { partsOf } from './view';
import { counted } from '../words/counted';

const accounts: Readonly<Record<Impact['accounts'][number]['account'], readonly [string, string]>> = {
  held: ['持有配额', 'Allowances held'],
  surrendered: ['已清缴配额', 'Allowances surrendered'],
  cancelled: ['已注销配额', 'Allowances cancelled'],
  deducted: ['已核减配额', 'Allowances deducted'],
  handBack: ['应退回配额', 'To be handed back'],
  deduction: ['待核减配额', 'To be deducted'],
  obligation: ['应清缴量', 'To be surrendered'],
  ccerConfirmed: ['已确认抵销量', 'Offset confirmed'],
  ccerCancelled: ['已注销 CCER', 'CCER cancelled for the year'],
  ccerBooked: ['已登记抵销量', 'Offset booked'],
  ccerIssued: ['CCER 签发量', 'CCER issued'],
  ccerFrozen: ['CCER 冻结量', 'CCER frozen'],
  ccerUsed: ['CCER 已用量', 'CCER used up'],
};

/** Figures that are listed; the rest are counted. */
const MOST = 100;

/** What a withdrawal would cost: tonnes first, then every figure that would change. */
export function ImpactView({ record }: { readonly record: string }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { data, error } = useAsk(['impact', record], (client) => client.impact(record));
  if (error !== null)
    return isLedgerError(error) && error.code === 'TOO_WIDE' ? (
      <OnlyByParty record={record} />
    ) : (
      <Failure error={error} />
    );
  if (data === undefined) return <Loading />;
  return (
    <section className="notice" data-impact={record}>
      <h2>{t('假如该记录被撤回', 'If this record were withdrawn')}</h2>
      <p>
        <Link href={`/records/${record}`}>{titleOfRecord(data.key, language)}</Link>
        {t(
          `：影响 ${String(data.records.length)} 条记录、${String(data.figures.length)} 个数据项。这只是预演，账本没有任何改动。`,
          `: ${counted(data.records.length, 'record')} and ${counted(data.figures.length, 'figure')} would be touched. This is a rehearsal: nothing on the ledger changes.`,
        )}
      </p>
      <ClosedFigures count={data.hidden} />
      <Tonnes impact={data} />
      {data.footprints !== undefined && <Footprints footprints={data.footprints} />}
      <Accounts impact={data} />
      <Figures impact={data} />
      {data.plants.length > 1 && <ByPartyIfAsked key={record} record={record} />}
    </section>
  );
}

const ImpactByParty = lazy(() => import('./ImpactByParty'));

function ByParty({ record }: { readonly record: string }): ReactElement {
  return (
    <Suspense fallback={<Loading />}>
      <ImpactByParty record={record} />
    </Suspense>
  );
}

/** Of a record on which more rests than one answer holds. */
function OnlyByParty({ record }: { readonly record: string }): ReactElement {
  const t = useText();
  return (
    <section className="notice">
      <h2>{t('假如该记录被撤回', 'If this record were withdrawn')}</h2>
      <p>
        <Link href={`/records/${record}`}>{t('该记录', 'This record')}</Link>
        {t(
          '：依赖它的记录太多，无法一次列出，因此逐主体计算。这只是预演，账本没有任何改动。',
          ': more rests on it than one list holds, so it is told party by party. This is a rehearsal: nothing on the ledger changes.',
        )}
      </p>
      <ByParty record={record} />
    </section>
  );
}

function ByPartyIfAsked({ record }: { readonly record: string }): ReactElement {
  const t = useText();
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <ByParty record={record} />;
  return (
    <Button
      onClick={() => {
        setAsked(true);
      }}
    >
      {t('逐主体列出', 'Party by party')}
    </Button>
  );
}

function Tonnes({ impact }: { readonly impact: Impact }): ReactElement {
  const t = useText();
  const lost = impact.hidden !== undefined ? t('未知', 'not known') : t('无法再计算', 'can no longer be computed');
  return (
    <dl className="facts">
      {Object.entries(tonnesWords).map(([name, words]) => {
        const delta = impact.tonnes[name as keyof typeof tonnesWords];
        return (
          <div key={name} className="pair">
            <dt>{t(words.zh, words.en)}</dt>
            <dd>
              <strong>{delta === null ? lost : signed(delta)}</strong>
              {delta === null ? '' : t(' 吨CO₂', ' tCO₂')}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What it did to accounts, taken back. */
function Accounts({ impact }: { readonly impact: Impact }): ReactElement | null {
  const t = useText();
  const name = usePartyName();
  if (impact.accounts.length === 0) return null;
  return (
    <div className="scroll">
      <table className="data">
        <TableHead
          titles={[
            t('账户', 'Account'),
            t('主体', 'Party'),
            t('年度', 'Year'),
            { number: t('变化（吨）', 'Change, t') },
          ]}
        />
        <tbody>
          {impact.accounts.map(({ party, year, account, change_t }) => (
            <tr key={`${party} ${year} ${account}`}>
              <th scope="row">{t(...accounts[account])}</th>
              <td>{name(party)}</td>
              <td className="nowrap">{year}</td>
              <td className="number">{change_t === null ? t('未知', 'not known') : signed(change_t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figures({ impact }: { readonly impact: Impact }): ReactElement | null {
  const t = useText();
  const { language } = useLanguage();
  if (impact.figures.length === 0)
    return (
      <p className="quiet">
        {t(
          '没有您可见的数据项随之改变。登录后可见更多。',
          'No figure that is open to you changes. Sign in to see more.',
        )}
      </p>
    );
  return (
    <details>
      <summary>{t('逐项列出', 'Each figure')}</summary>
      <div className="scroll">
        <table className="data">
          <TableHead
            titles={[
              t('数据项', 'Figure'),
              { number: t('现值', 'Now') },
              { number: t('撤回后', 'Then') },
              { number: t('变化', 'Change') },
            ]}
          />
          <tbody>
            {impact.figures.slice(0, MOST).map(({ figure, now, then, delta, unit }) => (
              <tr key={figure}>
                <th scope="row" title={figure}>
                  {partsOf(figure, language).name} <span className="quiet">{partsOf(figure, language).place}</span>
                </th>
                <td className="number">{formatAmount(now, unit, language)}</td>
                <td className="number">{then === null ? t('无法计算', 'none') : formatAmount(then, unit, language)}</td>
                <td className="number">{delta === null ? '–' : signed(delta)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
