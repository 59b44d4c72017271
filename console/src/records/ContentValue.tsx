import type { FormField } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useText, useWords } from '../app/language-context';
import { Facts } from '../parts/Facts';
import { TableHead } from '../parts/TableHead';
import { formatNumber } from '../words/numbers';
import { NAME, shownAs, titleOf, type Column, type Shown } from './content-shape';
import { counted } from '../words/counted';

interface MembersProps {
  readonly value: Readonly<Record<string, unknown>>;
  readonly fields: readonly FormField[];
}

/** Fields of a content or of a group in it, each under its title. */
export function Members({ value, fields }: MembersProps): ReactElement {
  const words = useWords();
  const rows = Object.entries(value).map(([name, member]) => {
    const field = fields.find((one) => one.name === name);
    return [words(titleOf(name, field)), <Value key={name} shown={shownAs(member, field)} />] as const;
  });
  return <Facts rows={rows} />;
}

/** Rows beyond these are opened when somebody asks for them. */
const FEW = 12;

function Value({ shown }: { readonly shown: Shown }): ReactElement {
  const t = useText();
  const words = useWords();
  if (shown.as === 'text') return <>{shown.isNumber === true ? formatNumber(words(shown.text)) : words(shown.text)}</>;
  if (shown.as === 'record') return <Link href={`/records/${shown.id}`}>{t('查看记录', 'See the record')}</Link>;
  if (shown.as === 'texts') return <>{shown.texts.map(words).join(t('、', ', '))}</>;
  if (shown.as === 'members') return <Members value={shown.value} fields={shown.fields} />;
  if (shown.as === 'values')
    return (
      <ul>
        {shown.values.map((value, at) => (
          <li key={String(at)}>
            <Value shown={shownAs(value, shown.item)} />
          </li>
        ))}
      </ul>
    );
  const count = shown.rows.length;
  if (count <= FEW) return <Rows columns={shown.columns} rows={shown.rows} />;
  return (
    <details>
      <summary>{t(`展开 ${String(count)} 项`, `Show ${counted(count, 'entry', 'entries')}`)}</summary>
      <Rows columns={shown.columns} rows={shown.rows} />
    </details>
  );
}

interface RowsProps {
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

function Rows({ columns, rows }: RowsProps): ReactElement {
  const words = useWords();
  return (
    <div className="scroll">
      <table className="data">
        <TableHead titles={columns.map(({ title }) => words(title))} />
        <tbody>
          {rows.map((row, at) => (
            <tr key={String(at)}>
              {columns.map(({ name, field }) => (
                <td key={name}>
                  {name === NAME
                    ? words(titleOf(String(row[name]), undefined))
                    : row[name] !== undefined && <Value shown={shownAs(row[name], field)} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
