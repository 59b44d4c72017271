import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { Formula } from '../parts/Formula';
import { TableHead } from '../parts/TableHead';
import { figureWords } from '../words/figure-words';
import { formatNumber, formatUnit } from '../words/numbers';
import { compareFigures, periodsBefore } from './compare';

interface Neighbours {
  readonly before: AnchoredRecordView | undefined;
  readonly yearBefore: AnchoredRecordView | undefined;
}

async function neighboursOf(client: LedgerClient, { record }: AnchoredRecordView): Promise<Neighbours> {
  const periods = periodsBefore(record.subject);
  if (periods === undefined) return { before: undefined, yearBefore: undefined };
  const { uscc, unit } = record.subject;
  const keyOf = (period: string): string => [uscc, unit, period, record.kind].join('/');
  const { heads } = await client.heads([keyOf(periods.before), keyOf(periods.yearBefore)]);
  const views = heads.map(async (head) => (head === null ? undefined : client.record(head.record, { figures: true })));
  const [before, yearBefore] = await Promise.all(views);
  return { before, yearBefore };
}

/** Records of the periods before: a table that stood without them would set its columns anew when they come. */
export function useNeighbours(view: AnchoredRecordView | undefined): UseQueryResult<Neighbours> {
  const ask = async (client: LedgerClient): Promise<Neighbours> =>
    view === undefined ? { before: undefined, yearBefore: undefined } : neighboursOf(client, view);
  return useAsk(['neighbours', view?.id], ask, { enabled: view !== undefined });
}

/** Changes beyond this share are marked, in percent: a look at the figure is worth it. */
const WORTH_A_LOOK = 15;

/** Figures of a record beside last month's and last year's. */
export function Compared({ view }: { readonly view: AnchoredRecordView }): ReactElement | null {
  const t = useText();
  const { language } = useLanguage();
  const { data } = useNeighbours(view);
  const rows = compareFigures(view, data?.before, data?.yearBefore);
  // A registration or a plan has none: to say that they are closed would be wrong.
  if (rows.length === 0 && view.record.figuresRoot === null) return null;
  if (rows.length === 0)
    return <p className="quiet">{t('没有您可见的数据项。', 'No figures that are open to you.')}</p>;
  return (
    <div className="scroll">
      <table className="data">
        <TableHead
          titles={[
            t('数据项', 'Figure'),
            { number: t('本期', 'This period') },
            { number: t('上期', 'Before') },
            { number: t('变化 %', 'Change %') },
            { number: t('上年同期', 'A year before') },
            t('出处', 'Source'),
          ]}
        />
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                <Link href={`/trace?figure=${encodeURIComponent(`${view.key}#${row.name}`)}`}>
                  {figureWords(row.name)[language]}
                </Link>{' '}
                <span className="quiet">{formatUnit(row.unit, language)}</span>
              </th>
              <td className="number">{formatNumber(row.value)}</td>
              <td className="number">{formatNumber(row.before ?? '–')}</td>
              <td className={`number ${isWorthALook(row.change) ? 'warn' : ''}`}>{row.change ?? '–'}</td>
              <td className="number">{formatNumber(row.yearBefore ?? '–')}</td>
              <td className="quiet">
                {row.source !== '' && row.source}
                {row.source === '' && (row.formula === undefined ? t('填报', 'stated') : <Formula id={row.formula} />)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isWorthALook(change: string | undefined): boolean {
  return change !== undefined && Math.abs(Number(change)) >= WORTH_A_LOOK;
}
