import type { InstitutionView, PublishedAssessment } from '@carbon-ledger/client-sdk';
import { formFields } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useAsk, usePartyName } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { listed } from '../lists/listed';
import { withParameters } from '../lists/view-state';
import { DataTable, type Column } from '../parts/DataTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';
import { YearField } from '../parts/YearField';
import { regionWords } from '../words/regions';

type Kind = InstitutionView['kind'];

export function LabsPage(): ReactElement {
  return <Institutions kind="lab" />;
}

export function VerifiersPage(): ReactElement {
  return <Institutions kind="verifier" />;
}

/** 信息网: laboratories or verifiers with their qualifications. Needs no account. */
function Institutions({ kind }: { readonly kind: Kind }): ReactElement {
  const t = useText();
  const title = kind === 'lab' ? t('检测机构', 'Laboratories') : t('核查机构', 'Verifiers');
  useTitle(title);
  const { data, error } = useAsk(['institutions', kind], (client) =>
    listed(client, 'listInstitutions', { kind, limit: 500 }),
  );
  return (
    <>
      <h1>{title}</h1>
      {error !== null && <Failure error={error} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && <InstitutionTable items={data} title={title} />}
      {kind === 'verifier' && (data !== undefined || error !== null) && <Assessments />}
    </>
  );
}

const numbersOf = ({ qualifications }: InstitutionView): string =>
  qualifications.map(({ number }) => number).join('；');

/** Until when: the first of its qualifications that ends. */
function lastDay({ qualifications }: InstitutionView): string {
  return qualifications.flatMap(({ validTo }) => validTo ?? []).sort()[0] ?? '';
}

function InstitutionTable({
  items,
  title,
}: {
  readonly items: readonly InstitutionView[];
  readonly title: string;
}): ReactElement {
  const t = useText();
  const columns: readonly Column<InstitutionView>[] = [
    {
      id: 'name',
      title: t('机构名称', 'Name'),
      isHead: true,
      text: ({ name }) => name,
      cell: ({ name, uscc }) => <Link href={`/parties/${uscc}`}>{name}</Link>,
    },
    { id: 'uscc', title: t('统一社会信用代码', 'USCC'), text: ({ uscc }) => uscc },
    {
      id: 'region',
      title: t('地区', 'Region'),
      text: ({ region }) => t(regionWords(region, 'zh'), regionWords(region, 'en')),
    },
    { id: 'qualification', title: t('资质证书编号', 'Certificates'), text: numbersOf },
    { id: 'validTo', title: t('有效期至', 'Valid until'), text: lastDay },
    {
      id: 'status',
      title: t('登记状态', 'Registration'),
      text: ({ status }) =>
        ({ active: t('有效', 'in force'), suspended: t('暂停', 'suspended'), ended: t('已终止', 'ended') })[status],
    },
  ];
  return (
    <DataTable
      rows={items}
      rowId={({ uscc }) => uscc}
      columns={columns}
      name={title}
      empty={t('尚无登记。', 'None is registered.')}
    />
  );
}

/** 核查机构评估: what provinces published of the work of a year. */
function Assessments(): ReactElement {
  const t = useText();
  const [, go] = useLocation();
  const search = useSearch();
  const year = new URLSearchParams(search).get('year') ?? '2024';
  const { data, error } = useAsk(
    ['assessments', year],
    (client) => client.call('listAssessments', { query: { year } }),
    {
      enabled: /^\d{4}$/.test(year),
    },
  );
  return (
    <section>
      <h2>{t('评估结果', 'Assessments')}</h2>
      <YearField
        year={year}
        onChange={(chosen) => {
          go(`/verifiers?${withParameters(search, { year: chosen })}`, { replace: true });
        }}
      />
      {error !== null && <Failure error={error} />}
      {data !== undefined && <AssessmentTable assessments={data.assessments} year={year} />}
    </section>
  );
}

interface AssessmentsProps {
  readonly assessments: readonly PublishedAssessment[];
  readonly year: string;
}

function AssessmentTable({ assessments, year }: AssessmentsProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const name = usePartyName();
  const fields = formFields('verifier-assessment').find((field) => field.name === 'assessed')?.item?.fields ?? [];
  const ratings = fields.find((field) => field.name === 'rating')?.choices ?? {};
  const words = (rating: string): string => ratings[rating]?.[language] ?? rating;
  const columns: readonly Column<PublishedAssessment>[] = [
    {
      id: 'verifier',
      title: t('核查机构', 'Verifier'),
      isHead: true,
      text: ({ verifier }) => name(verifier),
      cell: ({ verifier }) => <Link href={`/parties/${verifier}`}>{name(verifier)}</Link>,
    },
    { id: 'by', title: t('评估部门', 'Assessed by'), text: ({ by }) => name(by) },
    {
      id: 'rating',
      title: t('综合评估', 'Rating'),
      text: ({ rating }) => words(rating),
      cell: ({ rating, record }) => <Link href={`/records/${record}`}>{words(rating)}</Link>,
    },
    {
      id: 'enterprises',
      title: t('核查企业数', 'Enterprises'),
      isNumber: true,
      text: ({ enterprises }) => String(enterprises),
      order: ({ enterprises }) => enterprises,
    },
    { id: 'problems', title: t('存在问题', 'Problems'), text: ({ problems }) => problems.join(t('；', '; ')) },
    { id: 'published', title: t('公布日期', 'Published'), text: ({ publishedOn }) => publishedOn },
  ];
  return (
    <div data-assessments={year}>
      <DataTable
        rows={assessments}
        rowId={({ record }) => record}
        columns={columns}
        name={t(`核查机构评估 ${year}`, `assessments of verifiers ${year}`)}
        list="assessments"
        empty={t('该年度尚未公布评估结果。', 'No assessment was published for this year yet.')}
      />
    </div>
  );
}
