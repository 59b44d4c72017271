import type { BuiltRecord } from '@carbon-ledger/core';
import type { ReactElement, ReactNode } from 'react';
import { useLanguage, useText } from '../../app/language-context';
import { TableHead } from '../../parts/TableHead';
import { ContentFacts } from '../../records/ContentFacts';
import { figureWords } from '../../words/figure-words';
import { formatAmount } from '../../words/numbers';
import { titleOfRecord } from '../../words/place-words';

/** Figures beyond this are opened by who wants to see each. */
const MOST_OPEN = 20;

/** All that a signature stands for: nobody signs what the page does not show. */
export function SignedContent({ built: { record, figures } }: { readonly built: BuiltRecord }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const lines = [...Object.entries(record.totals).map(([name, total]) => ({ name, ...total })), ...figures];
  return (
    <>
      <h3>{t('内容', 'Content')}</h3>
      <ContentFacts record={record} />
      <Part title={t('引用', 'Rests on')} count={record.cites.length}>
        <ul>
          {record.cites.map(({ role, key }) => (
            <li key={`${role} ${key}`}>{titleOfRecord(key, language)}</li>
          ))}
        </ul>
      </Part>
      <Part title={t('数据项', 'Figures')} count={lines.length}>
        <div className="scroll">
          <table className="data">
            <TableHead titles={[t('数据项', 'Figure'), { number: t('数值', 'Value') }, t('来历', 'Origin')]} />
            <tbody>
              {lines.map(({ name, value, unit, formula }) => (
                <tr key={name}>
                  <th scope="row">{figureWords(name)[language]}</th>
                  <td className="number">{formatAmount(value, unit, language)}</td>
                  <td>{formula === undefined ? t('填报', 'stated') : t('公式', 'formula')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Part>
      <Part title={t('文件', 'Files')} count={record.documents.length}>
        <ul>
          {record.documents.map(({ name, sha256 }) => (
            <li key={`${name} ${sha256}`}>
              {name} <code>{sha256}</code>
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

/** What there is none of has no heading. */
function Part({ title, count, children }: PartProps): ReactElement | null {
  if (count === 0) return null;
  return (
    <details open={count <= MOST_OPEN}>
      <summary>
        <strong>{title}</strong> {count}
      </summary>
      {children}
    </details>
  );
}
