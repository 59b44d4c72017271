import type { InstitutionView } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { listed } from '../lists/listed';
import { DataTable, type Column } from '../parts/DataTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';

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
    { id: 'region', title: t('地区', 'Region'), text: ({ region }) => region },
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
