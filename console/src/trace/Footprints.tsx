import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useLanguage, useText } from '../app/language-context';
import { TableHead } from '../parts/TableHead';
import { formatNumber } from '../words/numbers';
import { titleOfRecord } from '../words/place-words';
import type { Impact } from './answer';
import { signed } from './tonnes-words';

type Footprint = NonNullable<Impact['footprints']>[number];

/** Product by product: what a supplier emits stands in the footprint of its buyer too, so there is no sum. */
export function Footprints({ footprints = [] }: { readonly footprints?: readonly Footprint[] }): ReactElement | null {
  const t = useText();
  const { language } = useLanguage();
  if (footprints.length === 0) return null;
  return (
    <div className="scroll" data-footprints>
      <table className="data">
        <TableHead
          titles={[
            t('产品碳足迹', 'Product footprint'),
            { number: t('现值（吨CO₂e）', 'Now, tCO₂e') },
            { number: t('撤回后（吨CO₂e）', 'Then, tCO₂e') },
            { number: t('变化（吨）', 'Change, t') },
          ]}
        />
        <tbody>
          {footprints.map(({ key, now_tCO2e, then_tCO2e, change_t }) => (
            <tr key={key}>
              <th scope="row">
                <Link href={`/records?key=${encodeURIComponent(key)}`}>{titleOfRecord(key, language)}</Link>
              </th>
              <td className="number">{formatNumber(now_tCO2e)}</td>
              <td className="number">{then_tCO2e === null ? t('无法计算', 'none') : formatNumber(then_tCO2e)}</td>
              <td className="number">{change_t === null ? '–' : signed(change_t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
