import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { figureWords } from '../words/figure-words';
import { formatNumber, formatUnit } from '../words/numbers';
import { Formula } from '../parts/Formula';
import { SignInLink } from '../parts/SignInLink';
import { TableHead } from '../parts/TableHead';

interface Line {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly formula: string | undefined;
  readonly source: string;
  readonly isPublic: boolean;
}

function linesOf({ record, figures = [] }: AnchoredRecordView): Line[] {
  const totals = Object.entries(record.totals).map(([name, total]) => ({
    name,
    value: total.value,
    unit: total.unit,
    formula: total.formula,
    source: '',
    isPublic: true,
  }));
  const open = figures.map(({ name, value, unit, formula, source }) => ({
    name,
    value,
    unit,
    formula,
    source: source === undefined ? '' : `${record.documents[source.document]?.name ?? ''} ${source.place}`,
    isPublic: false,
  }));
  return [...totals, ...open];
}

/** Figures that the reader may see; where there are more, it says who may. */
export function Figures({ view }: { readonly view: AnchoredRecordView }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const lines = linesOf(view);
  return (
    <>
      <h2>{t('数据项', 'Figures')}</h2>
      <FiguresAccess access={view.figuresAccess} />
      {lines.length > 0 && (
        <div className="scroll">
          <table className="data">
            <TableHead
              titles={[
                t('名称', 'Name'),
                { number: t('数值', 'Value') },
                t('单位', 'Unit'),
                t('公式', 'Formula'),
                t('出处', 'Source'),
                t('公开', 'Open to'),
                { action: t('溯源', 'Trace') },
              ]}
            />
            <tbody>
              {lines.map((line) => (
                <tr key={line.name}>
                  <th scope="row">
                    <Link href={`/knowledge?q=${line.name}`} title={line.name}>
                      {figureWords(line.name)[language]}
                    </Link>
                  </th>
                  <td className="number">{formatNumber(line.value)}</td>
                  <td>{formatUnit(line.unit, language)}</td>
                  <td>{line.formula === undefined ? t('填报', 'stated') : <Formula id={line.formula} />}</td>
                  <td>{line.source}</td>
                  <td>{line.isPublic ? t('公众', 'everybody') : t('有权者', 'those named')}</td>
                  <td className="no-print">
                    <Link
                      href={`/trace?figure=${encodeURIComponent(`${view.key}#${line.name}`)}`}
                      aria-label={t(`溯源 ${figureWords(line.name).zh}`, `Trace ${figureWords(line.name).en}`)}
                    >
                      {t('溯源', 'Trace')}
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function FiguresAccess({ access }: { readonly access: AnchoredRecordView['figuresAccess'] }): ReactElement | null {
  const t = useText();
  const { identity } = useSession();
  const told: Readonly<Partial<Record<typeof access, string>>> = {
    none: t('该记录没有非公开数据项。', 'This record has no private figures.'),
    hidden: t(
      '非公开数据项仅向签署方、所涉主体、其指定的读者与管辖的主管部门开放。',
      'Private figures are open to whoever signed, whom they are about, named readers, and the authorities in charge.',
    ),
    awaited: t('非公开数据项尚未到达本组织。', 'The private figures have not reached this organisation yet.'),
    elsewhere: t('本组织不保存非公开数据项。', 'This organisation does not keep the private figures.'),
    purged: t('非公开数据项已在保存期满后清除。', 'The private figures were purged when their retention ended.'),
  };
  const text = told[access];
  if (text === undefined) return null;
  return (
    <p className="quiet">
      {text}{' '}
      {access === 'hidden' && identity === undefined && (
        <SignInLink>{t('请登录。', 'Sign in to see them.')}</SignInLink>
      )}
    </p>
  );
}
