import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { usePartyName } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { formatNumber, formatUnit } from '../words/numbers';
import { partsOf, type Walk } from './view';
import { Formula } from '../parts/Formula';
import { TableHead } from '../parts/TableHead';

/** Every figure of the trace in one table, broken ones first. */
export function TraceTable({ walk }: { readonly walk: Walk }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const party = usePartyName();
  const nodes = [...walk.nodes.values()].sort(
    (a, b) => Number(walk.breaks.has(b.figure)) - Number(walk.breaks.has(a.figure)),
  );
  return (
    <div className="scroll">
      <table className="data">
        <TableHead
          titles={[
            t('数据项', 'Figure'),
            t('所在记录', 'Record'),
            { number: t('数值', 'Value') },
            t('单位', 'Unit'),
            t('公式', 'Formula'),
            { number: t('重算', 'Recomputed') },
            t('签署方', 'Signed by'),
          ]}
        />
        <tbody>
          {nodes.map((node) => {
            const { name, place } = partsOf(node.figure, language);
            const isBroken = walk.breaks.has(node.figure);
            return (
              <tr key={node.figure} className={isBroken ? 'broken' : ''}>
                <th scope="row" title={node.figure}>
                  {isBroken && <strong className="bad">✕ {t('断开', 'broken')} </strong>}
                  {name}
                </th>
                <td>
                  <Link href={`/records/${node.record}`}>{place}</Link>
                </td>
                <td className="number">{node.value === null ? t('未公开', 'not open') : formatNumber(node.value)}</td>
                <td>{formatUnit(node.unit, language)}</td>
                <td>
                  {node.formula === undefined ? (
                    t('填报', 'stated')
                  ) : (
                    <Formula id={node.formula} expression={node.expression} />
                  )}
                </td>
                <td className="number">{node.recomputed === undefined ? '' : formatNumber(node.recomputed)}</td>
                <td>{party(node.party)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
