import { useQuery } from '@tanstack/react-query';
import type { LedgerClient } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import type { CheckedFile } from '../check/examine';
import { figureWords } from '../words/figure-words';
import { tableCells } from '@carbon-ledger/spreadsheets';
import { cellDifferences, type CellDifference } from './cells';

interface WhereChangedProps {
  readonly checked: CheckedFile;
  /** Files of the folder by the digest of each: one of them may be what was anchored. */
  readonly byDigest: ReadonlyMap<string, File>;
}

async function bytesOf(file: File | undefined): Promise<Uint8Array | undefined> {
  return file === undefined ? undefined : new Uint8Array(await file.arrayBuffer());
}

async function differencesOf(
  client: LedgerClient,
  { checked: { answer, hashed }, byDigest }: WhereChangedProps,
): Promise<readonly CellDifference[] | null> {
  const { anchored, record } = answer ?? {};
  const found = await bytesOf(byDigest.get(hashed.sha256));
  if (anchored === undefined || record === undefined || found === undefined) return null;
  const cells = tableCells(found);
  if (cells === undefined) return null;
  const original = await bytesOf(byDigest.get(anchored.sha256));
  // One workbook may be the document of many records, a row each.
  const { items } = await client.records({
    document: anchored.sha256,
    status: 'current',
    include: 'figures',
    limit: 500,
  });
  const views = items.length > 0 ? items : [await client.record(record, { figures: true })];
  return cellDifferences(views, anchored.sha256, cells, original && tableCells(original));
}

const MOST = 20;

/** At which cells a table says something else than what was anchored. */
export function WhereChanged(props: WhereChangedProps): ReactElement | null {
  const t = useText();
  const { language } = useLanguage();
  const { client, identity } = useSession();
  const { data } = useQuery({
    queryKey: [identity?.party.uscc ?? '', 'cells', props.checked.hashed.sha256],
    queryFn: () => differencesOf(client, props),
  });
  if (data === undefined || data === null) return null;
  if (data.length === 0)
    return (
      <p className="quiet">
        {t(
          '所存数据项对应的单元格均相符；要找出其他改动处，请将原件一并拖入。',
          'The cells behind the anchored figures agree; drop the original too to find what else was changed.',
        )}
      </p>
    );
  return (
    <ul className="faults" data-cells="">
      {data.slice(0, MOST).map(({ place, anchored, found, figure }) => (
        <li key={place}>
          ✕ <code>{place}</code>
          {figure === undefined ? '' : `（${figureWords(figure)[language]}）`}{' '}
          {t(`存证 ${anchored || '空'}，现为 ${found || '空'}`, `anchored ${anchored || '–'}, now ${found || '–'}`)}
        </li>
      ))}
      {data.length > MOST && (
        <li>{t(`另有 ${String(data.length - MOST)} 处`, `and ${String(data.length - MOST)} more`)}</li>
      )}
    </ul>
  );
}
