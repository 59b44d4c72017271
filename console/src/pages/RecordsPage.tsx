import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, type ReactElement } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { RecordType } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { useNamesPending, usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { Button } from '../parts/Button';
import { DataTable, type Column } from '../parts/DataTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { MarkTags } from '../parts/MarkTags';
import { StateTag } from '../parts/StateTag';
import { useTitle } from '../parts/use-title';
import { ExportList } from '../records/ExportList';
import { contentColumns, listedType } from '../records/content-columns';
import { queryOf, readFilters, writeFilters, type FilterName, type Filters } from '../records/filters';
import { formatTime } from '../words/numbers';
import { recordTitle, recordTypeChoices, recordTypeWords } from '../words/record-words';
import { stateLook, statusLook } from '../words/states';

const PAGE = 100;

/** Every list of records: what it shows stands in its address, which can be sent to a colleague. */
export function RecordsPage(): ReactElement {
  const t = useText();
  const words = useWords();
  const filters = readFilters(useSearch());
  const { client, identity } = useSession();
  const title = filters.type === undefined ? t('记录', 'Records') : words(recordTypeWords(filters.type));
  useTitle(title);
  const list = useInfiniteQuery({
    queryKey: [identity?.party.uscc ?? '', 'records', filters],
    queryFn: ({ pageParam }) => client.records({ ...queryOf(filters), limit: PAGE, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });
  const isPending = useNamesPending() || list.isPending;
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return (
    <>
      <h1>{title}</h1>
      <FilterRow filters={filters} />
      {list.error !== null && <Failure error={list.error} />}
      {isPending ? <Loading /> : <RecordTable items={items} type={listedType(filters.type)} />}
      <p className="row" hidden={isPending}>
        <span aria-live="polite">
          {t(`已列出 ${String(items.length)} 条`, `${String(items.length)} listed`)}
          {list.hasNextPage ? t('，还有更多', ', and there are more') : ''}
        </span>
        {list.hasNextPage && (
          <Button
            loading={list.isFetchingNextPage}
            onClick={() => {
              void list.fetchNextPage();
            }}
          >
            {t('继续列出', 'List more')}
          </Button>
        )}
        <ExportList filters={filters} isEmpty={items.length === 0} />
      </p>
    </>
  );
}

function useSetFilter(filters: Filters): (name: FilterName, value: string) => void {
  const search = useSearch();
  const [, go] = useLocation();
  return (name, value) => {
    const next: Filters = { ...filters, [name]: value.trim() };
    go(`/records?${writeFilters(next, search)}`, { replace: true });
  };
}

function FilterRow({ filters }: { readonly filters: Filters }): ReactElement {
  const t = useText();
  const words = useWords();
  const set = useSetFilter(filters);
  const types = recordTypeChoices.map((type) => ({ value: type, label: words(recordTypeWords(type)) }));
  const states = ['current', 'open', 'superseded', 'withdrawn'].map((status) => ({
    value: status,
    label: words(statusLook(status).words),
  }));
  return (
    <div className="row" role="search" aria-label={t('筛选', 'Filters')}>
      <Choice name="type" label={t('类型', 'Type')} filters={filters} options={types} width={190} />
      <Choice name="status" label={t('状态', 'State')} filters={filters} options={states} width={120} />
      <TextFilter name="party" label={t('主体代码', 'About party (USCC)')} filters={filters} width={200} />
      <TextFilter name="issuer" label={t('签署方代码', 'Signed by (USCC)')} filters={filters} width={200} />
      <TextFilter name="unit" label={t('机组', 'Unit')} filters={filters} width={90} />
      <TextFilter name="period" label={t('时期', 'Period')} filters={filters} width={110} hint="2024-09" />
      {(['key', 'document', 'cites'] as const)
        .filter((name) => filters[name] !== undefined)
        .map((name) => (
          <Button
            key={name}
            onClick={() => {
              set(name, '');
            }}
          >
            ✕ {name}: {filters[name]?.slice(0, 40)}
          </Button>
        ))}
      <Link href="/records">{t('清除筛选', 'Clear filters')}</Link>
    </div>
  );
}

interface FieldProps {
  readonly name: FilterName;
  readonly label: string;
  readonly filters: Filters;
  readonly width: number;
}

function Choice(props: FieldProps & { readonly options: { value: string; label: string }[] }): ReactElement {
  const { name, label, filters, options, width } = props;
  const t = useText();
  const set = useSetFilter(filters);
  return (
    <label htmlFor={`filter-${name}`}>
      <span>{label}</span>
      <select
        id={`filter-${name}`}
        style={{ width }}
        value={filters[name] ?? ''}
        onChange={({ target }) => {
          set(name, target.value);
        }}
      >
        <option value="">{t('全部', 'All')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Asked for when the person is done with the field, not at each key. */
function TextFilter({ name, label, filters, width, hint }: FieldProps & { readonly hint?: string }): ReactElement {
  const set = useSetFilter(filters);
  return (
    <label htmlFor={`filter-${name}`}>
      <span>{label}</span>
      <input
        type="text"
        id={`filter-${name}`}
        key={filters[name] ?? ''}
        style={{ width }}
        defaultValue={filters[name] ?? ''}
        {...(hint === undefined ? {} : { placeholder: hint })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') set(name, event.currentTarget.value);
        }}
        onBlur={(event) => {
          if (event.currentTarget.value.trim() !== (filters[name] ?? '')) set(name, event.currentTarget.value);
        }}
      />
    </label>
  );
}

interface TableProps {
  readonly items: readonly AnchoredRecordView[];
  /** The one type that is listed: its own fields are columns then. */
  readonly type: RecordType | undefined;
}

function RecordTable({ items, type }: TableProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const name = usePartyName();
  const columns: readonly Column<AnchoredRecordView>[] = [
    {
      id: 'record',
      title: t('记录', 'Record'),
      text: ({ record }) => recordTitle(record, language),
      cell: ({ id, record }) => <Link href={`/records/${id}`}>{recordTitle(record, language)}</Link>,
      order: ({ key, record }) => `${key} ${String(record.version)}`,
    },
    { id: 'subject', title: t('主体', 'About'), text: ({ record }) => name(record.subject.uscc) },
    { id: 'issuer', title: t('签署方', 'Signed by'), text: ({ record }) => name(record.issuer) },
    {
      id: 'status',
      title: t('状态', 'State'),
      text: ({ status, state, record }) => stateLook({ status, state, type: record.type }).words[language],
      cell: (view) => (
        <>
          <StateTag status={view.status} state={view.state} type={view.record.type} /> <MarkTags view={view} />
        </>
      ),
    },
    {
      id: 'anchored',
      title: t('锚定时间', 'Anchored'),
      text: ({ anchoredAt }) => formatTime(anchoredAt),
      order: ({ logIndex }) => logIndex,
    },
  ];
  return (
    <DataTable
      rows={items}
      rowId={({ id }) => id}
      name={t('记录', 'records')}
      columns={
        type === undefined ? columns : [...columns.slice(0, 1), ...contentColumns(type, language), ...columns.slice(1)]
      }
      empty={t('没有符合条件的记录。请放宽筛选。', 'No record fits. Try wider filters.')}
    />
  );
}
