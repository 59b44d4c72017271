import { dueDay, recordTypes, valuesOf, type RecordType, type YearValues } from '@carbon-ledger/core';
import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { Link, useSearch } from 'wouter';
import { useAsk, usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { filingAddress, rulesFor } from '../filing/draft';
import { useUnits } from '../filing/use-units';
import { ExportShown } from '../lists/ExportShown';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { PlantYearChoice } from '../parts/PlantYearChoice';
import { StateTag } from '../parts/StateTag';
import { TableHead } from '../parts/TableHead';
import { useTitle } from '../parts/use-title';
import { gridTable } from '../year/grid-table';
import type { Language } from '../language/language';
import { stateLook } from '../words/states';
import { periodWords, recordTitle, recordTypeWords, unitWords } from '../words/record-words';
import { monthlyTypes, monthRows, unitsOfYear, yearly, type YearCell } from '../year/grid';

type ValuesByUnit = ReadonlyMap<string, YearValues | undefined>;

/** By unit, what stands now of the parameters that its plan of the year cites. */
async function valuesByUnit(client: LedgerClient, views: readonly AnchoredRecordView[]): Promise<ValuesByUnit> {
  const cited = views
    .filter(({ record: { type } }) => type === 'quality-control-plan')
    .flatMap(({ record: { subject, cites } }) =>
      cites.filter(({ role }) => role === 'parameters').map(({ key }) => [subject.unit, key] as const),
    );
  const keys = [...new Set(cited.map(([, key]) => key))];
  const { heads } = keys.length === 0 ? { heads: [] } : await client.heads(keys);
  const tables = await Promise.all(
    heads.map((head) => (head === null ? Promise.resolve(undefined) : client.record(head.record))),
  );
  return new Map(cited.map(([unit, key]) => [unit, valuesOf(tables[keys.indexOf(key)]?.record)]));
}

async function recordsOfYear(client: LedgerClient, party: string, year: string): Promise<AnchoredRecordView[]> {
  const views: AnchoredRecordView[] = [];
  for await (const view of client.allRecords({ party, limit: 500 })) {
    if (view.record.subject.period.startsWith(year)) views.push(view);
  }
  return views;
}

/** A plant's year on one page: twelve months by units with their states, then what is about the whole year. */
export function YearPage(): ReactElement {
  const t = useText();
  useTitle(t('年度总览', 'Year'));
  const { identity } = useSession();
  const asked = new URLSearchParams(useSearch());
  const own = identity?.party.kind === 'enterprise' ? identity.party.uscc : '';
  const uscc = asked.get('uscc') ?? own;
  const year = asked.get('year') ?? '2024';
  return (
    <>
      <h1>{t('年度总览', 'Year')}</h1>
      <PlantYearChoice path="/year" uscc={uscc} year={year} />
      {uscc !== '' && <Year uscc={uscc} year={year} />}
    </>
  );
}

function Year({ uscc, year }: { readonly uscc: string; readonly year: string }): ReactElement {
  const t = useText();
  const name = usePartyName();
  const registered = useUnits(uscc);
  const { data, error } = useAsk(['year', uscc, year], (client) => recordsOfYear(client, uscc, year), {
    enabled: /^\d{4}$/.test(year),
  });
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  const units = unitsOfYear(
    data,
    registered.map(({ id }) => id),
  );
  return (
    <>
      <h2>
        {name(uscc)} · {t(`${year} 年各月`, `Months of ${year}`)}
      </h2>
      <Months views={data} year={year} units={units} uscc={uscc} />
      <h2>{t('年度记录', 'Records of the year')}</h2>
      <Yearly views={yearly(data, year)} />
    </>
  );
}

interface MonthsProps {
  readonly views: readonly AnchoredRecordView[];
  readonly year: string;
  readonly units: readonly string[];
  readonly uscc: string;
}

function Months({ views, year, units, uscc }: MonthsProps): ReactElement {
  const t = useText();
  const { data: values } = useAsk(['due', uscc, year], (client) => valuesByUnit(client, views));
  const words = useWords();
  const { language } = useLanguage();
  const found = monthlyTypes(views);
  const types: readonly RecordType[] = found.length > 0 ? found : ['monthly-evidence'];
  const rows = monthRows(views, year, units, types);
  return (
    <div className="scroll">
      <table className="data grid" data-year={year}>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('月份', 'Month')}
            </th>
            {units.map((unit) => (
              <th key={unit} scope="colgroup" colSpan={types.length}>
                {unitWords(unit, language)}
              </th>
            ))}
          </tr>
          <tr>
            {units.flatMap((unit) =>
              types.map((type) => (
                <th key={`${unit} ${type}`} scope="col">
                  {words(recordTypeWords(type))}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ period, cells }) => (
            <tr key={period}>
              <th scope="row">{periodWords(period, language)}</th>
              {cells.map((cell) => (
                <td key={`${cell.unit} ${cell.type}`}>
                  <Cell cell={cell} uscc={uscc} values={values?.get(cell.unit)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="row no-print">
        <ExportShown
          name={t(`${year} 年各月`, `months-${year}`)}
          table={() => gridTable({ rows, units, types }, language)}
        />
      </p>
    </div>
  );
}

interface CellProps {
  readonly cell: YearCell;
  readonly uscc: string;
  /** What sets the days of its unit; undefined where nothing is known of it. */
  readonly values: YearValues | undefined;
}

/** A state to look at, or a form to fill in where the party may and nothing is there. */
function Cell({ cell, uscc, values }: CellProps): ReactElement {
  const t = useText();
  const { identity } = useSession();
  const { view, type, unit, period } = cell;
  if (view !== undefined)
    return (
      <Link href={`/records/${view.id}`}>
        <StateTag status={view.status} state={view.state} type={type} />
      </Link>
    );
  const mayFile = identity !== undefined && rulesFor(type, identity.party.kind).length > 0;
  const name = recordTypes[type].title;
  if (!mayFile) return <span className="quiet">{t('未提交', 'not filed')}</span>;
  return (
    <Link href={filingAddress({ type, uscc, unit, period })}>
      ＋ {t('填报', 'File')}{' '}
      <span className="sr">{t(`${unit} ${period} ${name.zh}`, `${name.en} of ${unit}, ${period}`)}</span>{' '}
      <Due cell={cell} uscc={uscc} values={values} />
    </Link>
  );
}

function Due({ cell, uscc, values }: CellProps): ReactElement | null {
  const t = useText();
  const { type, unit, period } = cell;
  const day = dueDay(recordTypes[type], { subject: { uscc, unit, period }, kind: type }, values);
  if (day === undefined) return null;
  const isLate = day < new Date().toISOString().slice(0, 10);
  return <span className={isLate ? 'bad' : 'quiet'}>{isLate ? t(`逾期 ${day}`, `late ${day}`) : day}</span>;
}

function Yearly({ views }: { readonly views: readonly AnchoredRecordView[] }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const name = usePartyName();
  const titles = [t('记录', 'Record'), t('签署方', 'Signed by'), t('状态', 'State')];
  if (views.length === 0) return <p className="quiet">{t('尚无年度记录。', 'No records of the year yet.')}</p>;
  return (
    <div className="scroll">
      <table className="data">
        <TableHead titles={titles} />
        <tbody>
          {views.map((view) => (
            <tr key={view.id}>
              <th scope="row">
                <Link href={`/records/${view.id}`}>{recordTitle(view.record, language)}</Link>
              </th>
              <td>{name(view.record.issuer)}</td>
              <td>
                <StateTag status={view.status} state={view.state} type={view.record.type} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="row no-print">
        <ExportShown
          name={t('年度记录', 'records-of-the-year')}
          table={() => [titles, ...views.map((view) => yearlyRow(view, language, name))]}
        />
      </p>
    </div>
  );
}

function yearlyRow(view: AnchoredRecordView, language: Language, name: (uscc: string) => string): string[] {
  const { record } = view;
  return [
    recordTitle(record, language),
    name(record.issuer),
    stateLook({ ...view, type: record.type }).words[language],
  ];
}
