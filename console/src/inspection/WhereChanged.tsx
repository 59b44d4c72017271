import { useQuery } from '@tanstack/react-query';
import type { TableCell } from '@carbon-ledger/core';
import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import type { CheckedFile } from '../check/examine';
import type { Kept } from '../check/where-changed';
import { figureWords } from '../words/figure-words';
import { tableCells } from '@carbon-ledger/spreadsheets';
import { cellDifferences, type CellDifference } from './cells';

interface WhereChangedProps {
  readonly checked: CheckedFile;
  /** What else was dropped: it may be what was anchored, or its opening. */
  readonly kept: Kept;
}

async function cellsOf(file: Blob | undefined): Promise<readonly TableCell[] | undefined> {
  return file === undefined ? undefined : tableCells(new Uint8Array(await file.arrayBuffer()));
}

async function differencesOf(
  client: LedgerClient,
  { checked: { answer, hashed }, kept: { byDigest, opened } }: WhereChangedProps,
): Promise<Found | null> {
  const { anchored, record } = answer ?? {};
  const cells = await cellsOf(byDigest.get(hashed.sha256));
  if (anchored === undefined || record === undefined || cells === undefined) return null;
  const original = opened.get(anchored.sha256) ?? (await cellsOf(byDigest.get(anchored.sha256)));
  // One workbook may be the document of many records, a row each.
  const { items } = await client.records({
    document: anchored.sha256,
    status: 'current',
    include: 'figures',
    limit: 500,
  });
  const views = items.length > 0 ? items : [await client.record(record, { figures: true })];
  return {
    differences: cellDifferences(views, anchored.sha256, cells, original),
    isClosed: original === undefined && views.some(({ figuresAccess }) => isClosed.has(figuresAccess)),
  };
}

interface Found {
  readonly differences: readonly CellDifference[];
  /** Nothing to hold the file to: neither what was anchored nor the figures that were read from it. */
  readonly isClosed: boolean;
}

const isClosed: ReadonlySet<AnchoredRecordView['figuresAccess']> = new Set([
  'hidden',
  'awaited',
  'elsewhere',
  'purged',
]);

const MOST = 20;

/** At which cells a table says something else than what was anchored. */
export function WhereChanged(props: WhereChangedProps): ReactElement | null {
  const t = useText();
  const { language } = useLanguage();
  const { client, identity } = useSession();
  const { data } = useQuery({
    queryKey: [identity?.party.uscc ?? '', 'cells', props.checked.hashed.sha256, props.kept.byDigest.size],
    queryFn: () => differencesOf(client, props),
  });
  if (data === undefined || data === null) return null;
  const { differences } = data;
  if (differences.length === 0 && data.isClosed)
    return (
      <p className="warn" data-closed="">
        {t(
          '– 改在何处无法判定：该记录的数据项未向您公开。请将原件或其单元格展开文件一并拖入；检查人员列入主管部门登记的飞行检查后即可查看。',
          '– Where it was changed cannot be told: the figures of the record are not open to you. Drop the original or its opening too; an inspector sees them once an authority’s inspection names them.',
        )}
      </p>
    );
  if (differences.length === 0)
    return (
      <p className="quiet">
        {t(
          '所存数据项对应的单元格均相符；要找出其他改动处，请将原件或其单元格展开文件一并拖入。',
          'The cells behind the anchored figures agree; drop the original or its opening too to find what else was changed.',
        )}
      </p>
    );
  return (
    <ul className="faults" data-cells="">
      {differences.slice(0, MOST).map(({ place, anchored, found, figure }) => (
        <li key={place}>
          ✕ <code>{place}</code>
          {figure === undefined ? '' : `（${figureWords(figure)[language]}）`}{' '}
          {t(`存证 ${anchored || '空'}，现为 ${found || '空'}`, `anchored ${anchored || '–'}, now ${found || '–'}`)}
        </li>
      ))}
      {differences.length > MOST && (
        <li>{t(`另有 ${String(differences.length - MOST)} 处`, `and ${String(differences.length - MOST)} more`)}</li>
      )}
    </ul>
  );
}
