import type { ReactElement } from 'react';
import { Link, useParams } from 'wouter';
import type { AnchoredRecordView, LedgerClient, PartyView } from '@carbon-ledger/client-sdk';
import { useAsk } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { ExportShown } from '../lists/ExportShown';
import { Failure } from '../parts/Failure';
import { InDoubt } from '../parts/InDoubt';
import { Loading } from '../parts/Loading';
import { StateTag } from '../parts/StateTag';
import { useTitle } from '../parts/use-title';
import { stateLook } from '../words/states';
import { figureWords } from '../words/figure-words';
import { formatAmount, formatTime } from '../words/numbers';
import { partyKindWords, periodWords, recordTypeWords, unitWords } from '../words/record-words';
import { TableHead } from '../parts/TableHead';
import { regionWords } from '../words/regions';

/** What the rules make public of one party: its registration, and the yearly results of an emitter. */
export function PartyPage(): ReactElement {
  const { uscc } = useParams<{ uscc: string }>();
  const { data, error } = useAsk(['party', uscc], (client) => client.party(uscc));
  if (error !== null) return <Failure error={error} />;
  return data === undefined ? <Loading /> : <Party party={data} />;
}

function Party({ party }: { readonly party: PartyView }): ReactElement {
  const t = useText();
  const words = useWords();
  useTitle(party.name);
  const role = party.kind === 'enterprise' ? 'party' : 'issuer';
  return (
    <article>
      <h1>{party.name}</h1>
      <dl className="facts">
        <dt>{t('类别', 'Kind')}</dt>
        <dd>{words(partyKindWords(party.kind))}</dd>
        <dt>{t('统一社会信用代码', 'USCC')}</dt>
        <dd>
          <code>{party.uscc}</code>
        </dd>
        <dt>{t('地区', 'Region')}</dt>
        <dd>{t(regionWords(party.region, 'zh'), regionWords(party.region, 'en'))}</dd>
        <dt>{t('登记', 'Registration')}</dt>
        <dd>
          <Link href={`/records/${party.record}`}>{formatTime(party.anchoredAt)}</Link>
        </dd>
      </dl>
      <p>
        <Link href={`/records?${role}=${party.uscc}`}>{t('该主体的全部记录', 'All records of this party')}</Link>
      </p>
      {party.kind === 'enterprise' && <Results uscc={party.uscc} />}
      {(party.kind === 'lab' || party.kind === 'verifier') && <ConductView uscc={party.uscc} />}
    </article>
  );
}

/** 信用记录: what the ledger counts of a laboratory or verifier, each count with its records. */
function ConductView({ uscc }: { readonly uscc: string }): ReactElement | null {
  const t = useText();
  const { data, error } = useAsk(['institution', uscc], (client) =>
    client.call('getInstitution', { params: { uscc } }),
  );
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  const { filed, withdrawn, replaced, late, findings, screened, complete } = data.conduct;
  const counts = [
    [t('撤回', 'Withdrawn'), withdrawn],
    [t('被替代', 'Replaced'), replaced],
    [t('迟出', 'Late'), late],
    [t('涉及检查问题', 'In findings of inspections'), findings],
    [t('涉及筛查发现', 'In findings of screenings'), screened],
  ] as const;
  const titles = [t('事项', 'What'), t('份数', 'Count'), t('记录', 'Records')] as const;
  return (
    <section data-conduct="">
      <h2>{t('信用记录', 'Record of conduct')}</h2>
      <p>{t(`共出具 ${String(filed)} 份`, `${String(filed)} filed`)}</p>
      {!complete && <p>{t('记录过多，未全部统计', 'There is more than was counted')}</p>}
      <table className="data">
        <TableHead titles={[titles[0], { number: titles[1] }, titles[2]]} />
        <tbody>
          {counts.map(([title, { count, records }]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td className="number">{count}</td>
              <td>
                {records.map((id, at) => (
                  <Link key={id} href={`/records/${id}`}>
                    {`${String(at + 1)} `}
                  </Link>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="row no-print">
        <ExportShown
          name={t('信用记录', 'record-of-conduct')}
          table={() => [
            titles,
            ...counts.map(([title, { count, records }]) => [title, String(count), records.join(' ')]),
          ]}
        />
      </p>
    </section>
  );
}

/** Kinds of record in which the rules make totals public. */
const published = ['annual-report', 'verification-conclusion', 'allowance-issuance', 'surrender'] as const;

async function resultsOf(client: LedgerClient, party: string): Promise<AnchoredRecordView[]> {
  const pages = await Promise.all(
    published.map((type) => client.records({ party, type, status: 'current', limit: 200 })),
  );
  return pages.flatMap((page) => page.items);
}

function Results({ uscc }: { readonly uscc: string }): ReactElement {
  const t = useText();
  const { data, error } = useAsk(['results', uscc], (client) => resultsOf(client, uscc));
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  const years = [...new Set(data.map(({ record }) => record.subject.period))].sort().reverse();
  return (
    <>
      {years.map((year) => (
        <Year key={year} year={year} records={data.filter(({ record }) => record.subject.period === year)} />
      ))}
      {data.length === 0 && <p className="quiet">{t('尚无公开的年度结果。', 'No yearly results are public yet.')}</p>}
    </>
  );
}

function Year({
  year,
  records,
}: {
  readonly year: string;
  readonly records: readonly AnchoredRecordView[];
}): ReactElement {
  const t = useText();
  const words = useWords();
  const { language } = useLanguage();
  const titles = [
    t('记录', 'Record'),
    t('范围', 'Scope'),
    t('公开数据', 'Public figures'),
    t('状态', 'State'),
    t('锚定时间', 'Anchored'),
  ];
  const totalsOf = ({ record }: AnchoredRecordView): string[] =>
    Object.entries(record.totals).map(
      ([name, total]) => `${figureWords(name)[language]} ${formatAmount(total.value, total.unit, language)}`,
    );
  const lineOf = (view: AnchoredRecordView): string[] => [
    words(recordTypeWords(view.record.type)),
    unitWords(view.record.subject.unit, language),
    totalsOf(view).join('; '),
    stateLook(view).words[language],
    formatTime(view.anchoredAt),
  ];
  return (
    <section>
      <h2>{t(`${periodWords(year, 'zh')}结果`, `Results of ${year}`)}</h2>
      <div className="scroll">
        <table className="data">
          <TableHead titles={titles} />
          <tbody>
            {records.map(({ id, record, status, doubts, anchoredAt }) => (
              <tr key={id}>
                <th scope="row">
                  <Link href={`/records/${id}`}>{words(recordTypeWords(record.type))}</Link>
                </th>
                <td>{unitWords(record.subject.unit, language)}</td>
                <td>
                  {Object.entries(record.totals).map(([name, total]) => (
                    <div key={name}>
                      <span className="quiet">{figureWords(name)[language]}</span>{' '}
                      {formatAmount(total.value, total.unit, language)}
                    </div>
                  ))}
                </td>
                <td>
                  <StateTag status={status} />
                  <InDoubt doubts={doubts} />
                </td>
                <td>{formatTime(anchoredAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="row no-print">
        <ExportShown name={t(`${year} 年结果`, `results-${year}`)} table={() => [titles, ...records.map(lineOf)]} />
      </p>
    </section>
  );
}
