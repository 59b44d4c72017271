import type { ImpactRow, LedgerClient } from '@carbon-ledger/client-sdk';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { usePartyName, useSession } from '../app/ledger-hooks';
import { useText, useWords } from '../app/language-context';
import { Button } from '../parts/Button';
import { DataTable, type Column } from '../parts/DataTable';
import { Facts } from '../parts/Facts';
import { Failure } from '../parts/Failure';
import { formatNumber } from '../words/numbers';
import { ClosedFigures } from './ClosedFigures';
import { Footprints } from './Footprints';
import { signed, tonnesWords } from './tonnes-words';
import { counted } from '../words/counted';

type WholeRow = Extract<ImpactRow, { readonly whole: unknown }>['whole'];
type PartyRow = Exclude<ImpactRow, { readonly whole: unknown }>;

interface Told {
  readonly rows: readonly PartyRow[];
  readonly whole?: WholeRow;
  readonly error?: unknown;
  readonly isStopped?: true;
}

/** Rows that are shown anew at once: a page that is drawn for each of thousands answers nobody. */
const AT_ONCE = 50;

/** Asks once, tells what has come, and stops where nobody looks any more. */
function useRows(client: LedgerClient, record: string): Told & { readonly stop: () => void } {
  const [told, setTold] = useState<Told>({ rows: [] });
  const running = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    running.current = controller;
    const read = async (): Promise<void> => {
      const rows: PartyRow[] = [];
      for await (const row of client.until(controller.signal).impactByParty(record)) {
        if (controller.signal.aborted) return;
        if ('whole' in row) setTold({ rows, whole: row.whole });
        else if (rows.push(row) % AT_ONCE === 1) setTold({ rows: [...rows] });
      }
    };
    read().catch((error: unknown) => {
      if (!controller.signal.aborted) setTold(({ rows }) => ({ rows, error }));
    });
    return () => {
      controller.abort();
    };
  }, [client, record]);
  const stop = (): void => {
    running.current?.abort();
    setTold(({ rows }) => ({ rows, isStopped: true }));
  };
  return { ...told, stop };
}

/** What a withdrawal would cost, party by party as it is found: for a record on which thousands rest. */
export default function ImpactByParty({ record }: { readonly record: string }): ReactElement {
  const t = useText();
  const { client } = useSession();
  const { rows, whole, error, isStopped, stop } = useRows(client, record);
  const isRunning = whole === undefined && error === undefined && isStopped !== true;
  return (
    <section data-impact-parties={whole === undefined ? '' : String(whole.parties)}>
      <h3>{t('逐主体', 'Party by party')}</h3>
      {isRunning && (
        <p className="row" role="status">
          <span>
            {t(`已算出 ${String(rows.length)} 个主体 …`, `${counted(rows.length, 'party', 'parties')} so far …`)}
          </span>
          <Button onClick={stop}>{t('停止', 'Stop')}</Button>
        </p>
      )}
      {isStopped === true && <p>{t('已停止：以下并非全部。', 'Stopped: what follows is not all.')}</p>}
      {error !== undefined && <Failure error={error} />}
      {whole !== undefined && <Whole whole={whole} asked={rows.filter(({ figures }) => figures > 0).length} />}
      <Rows rows={rows} />
      <Footprints footprints={rows.flatMap(({ footprints = [] }) => footprints)} />
    </section>
  );
}

/** @param asked parties of which any figure would change: a list of emitters has none, and its nought says nothing */
function Whole({ whole, asked }: { readonly whole: WholeRow; readonly asked: number }): ReactElement {
  const t = useText();
  const wordsOf = useWords();
  const counts = [
    [t('涉及主体', 'Parties'), formatNumber(String(whole.parties))],
    [t('依赖它的记录', 'Records that rest on it'), formatNumber(String(whole.records))],
    [t('其中将不成立', 'Of these, could not stand'), formatNumber(String(whole.falls))],
    [t('变化的数据项', 'Figures that would change'), formatNumber(String(whole.figures))],
    [t('其中无法再计算', 'Of these, lost'), formatNumber(String(whole.lost))],
  ] as const;
  const tonnes = Object.entries(tonnesWords).map(([name, words]): readonly [string, string] => {
    const { change_t, unknown } = whole.tonnes[name as keyof typeof tonnesWords];
    // Where it is known of nobody, nought would be a lie.
    if (unknown > 0 && unknown >= asked) return [wordsOf(words), t('无法计算', 'not known')];
    const more =
      unknown === 0 ? '' : t(`，另有 ${String(unknown)} 个无法计算`, `, and of ${String(unknown)} not known`);
    return [wordsOf(words), `${signed(change_t)} t${more}`];
  });
  return (
    <>
      <ClosedFigures count={whole.hidden} />
      <Facts rows={[...counts, ...tonnes]} />
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly PartyRow[] }): ReactElement {
  const t = useText();
  const wordsOf = useWords();
  const name = usePartyName();
  const count = (id: 'records' | 'falls' | 'figures' | 'lost', title: string): Column<PartyRow> => ({
    ...{ id, title, isNumber: true },
    text: (row) => formatNumber(String(row[id])),
    order: (row) => row[id],
  });
  const tonnes = (id: 'emission_tCO2' | 'allowance_tCO2'): Column<PartyRow> => ({
    ...{ id, title: wordsOf(tonnesWords[id]), isNumber: true },
    text: ({ tonnes: { [id]: delta } }) => (delta === null ? t('无法计算', 'not known') : signed(delta)),
    order: ({ tonnes: { [id]: delta } }) => Number(delta ?? 0),
  });
  const columns: readonly Column<PartyRow>[] = [
    {
      id: 'parties',
      title: t('主体', 'Party'),
      isHead: true,
      text: ({ parties }) => parties.map(name).join(t('、', ', ')),
    },
    count('records', t('记录', 'Records')),
    count('falls', t('将不成立', 'Could not stand')),
    count('figures', t('数据项', 'Figures')),
    count('lost', t('无法再计算', 'Lost')),
    tonnes('emission_tCO2'),
    tonnes('allowance_tCO2'),
  ];
  return (
    <DataTable
      rows={rows}
      rowId={({ parties }) => parties.join(' ')}
      columns={columns}
      name={t('逐主体影响', 'impact by party')}
      list="impact-parties"
      empty={t('没有主体受影响。', 'No party is touched.')}
    />
  );
}
