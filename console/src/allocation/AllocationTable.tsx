import { isDecimalText, type BuiltRecord } from '@carbon-ledger/core';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { meansOf } from '../filing/prepare-filing';
import { Button } from '../parts/Button';
import { DataTable, type Column } from '../parts/DataTable';
import { FaultList } from '../parts/Faults';
import { StateTag } from '../parts/StateTag';
import { useWork } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';
import { figureWords } from '../words/figure-words';
import { formatNumber } from '../words/numbers';
import { unitWords } from '../words/record-words';
import { stateLook } from '../words/states';
import { computeLines, type Determination, type LineOutcome } from './compute';
import { computedOf, difference, lineId, mayIssue, stated, toIssue, type AllocationLine, type Phase } from './lines';

interface TableProps {
  readonly lines: readonly AllocationLine[];
  readonly asked: { readonly year: string; readonly phase: Phase };
  readonly onIssue: (records: readonly BuiltRecord[]) => void;
}

type Typed = Determination['typed'];

/** Rows as they stand, then as they are computed; what is typed is computed with the next run. */
export function AllocationTable({ lines, asked, onIssue }: TableProps): ReactElement {
  const t = useText();
  const state = useSession();
  const usual = asked.phase === 'pre' ? '年度配额预分配通知' : '年度配额核定通知';
  const [notice, setNotice] = useState(`${asked.year} ${usual}`);
  const [typed, setTyped] = useState<Typed>({});
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, LineOutcome>>(new Map());
  const work = useWork();
  const rows = lines.map((line) => withOutcome(line, outcomes.get(lineId(line))));
  const ready = toIssue(rows);
  const compute = (): void => {
    const label = t('正在计算', 'Computing');
    work.start(label, async ({ client, signal, tell }) => {
      const onDone = (done: number): void => {
        tell(label, done, lines.length);
      };
      const means = meansOf({ ...state, client });
      setOutcomes(await computeLines(means, lines, { ...asked, notice, typed }, { signal, onDone }));
    });
  };
  return (
    <section data-allocation={asked.phase}>
      <div className="row no-print">
        <label htmlFor="allocation-notice" className="wide">
          <span>{t('通知（名称或文号）', 'Notice (title or number)')}</span>
          <input
            id="allocation-notice"
            type="text"
            value={notice}
            onChange={({ target }) => {
              setNotice(target.value);
            }}
          />
        </label>
        <Button type={ready.length === 0 ? 'primary' : 'default'} loading={work.busy !== undefined} onClick={compute}>
          {t('按规则计算', 'Compute by the rules')}
        </Button>
        <Button
          type="primary"
          disabled={ready.length === 0}
          onClick={() => {
            onIssue(ready);
          }}
        >
          {t(`批量发布（${String(ready.length)} 条）`, `Issue at once (${String(ready.length)})`)}
        </Button>
      </div>
      <WorkStatus
        work={work}
        said={{
          done: t(`已计算：可发布 ${String(ready.length)} 条。`, `Computed: ${String(ready.length)} can be issued.`),
          cancelled: t('已取消，下表没有改变。', 'Cancelled: the table below is as it was.'),
        }}
      />
      <Lines
        rows={rows}
        phase={asked.phase}
        outcomes={outcomes}
        typed={typed}
        onType={(id, name, value) => {
          setTyped({ ...typed, [id]: { ...typed[id], [name]: value } });
        }}
      />
    </section>
  );
}

function withOutcome(line: AllocationLine, outcome: LineOutcome | undefined): AllocationLine {
  return outcome === undefined ? line : { ...line, computed: outcome };
}

interface LinesProps {
  readonly rows: readonly AllocationLine[];
  readonly phase: Phase;
  readonly outcomes: ReadonlyMap<string, LineOutcome>;
  readonly typed: Typed;
  readonly onType: (id: string, name: string, value: string) => void;
}

function Lines(props: LinesProps): ReactElement {
  const { rows, phase, outcomes } = props;
  const t = useText();
  const { language } = useLanguage();
  const name = usePartyName();
  const tonnes = (
    id: string,
    title: string,
    of: (line: AllocationLine, phase: Phase) => string | undefined,
  ): Column<AllocationLine> => ({
    ...{ id, title, isNumber: true },
    text: (line) => of(line, phase) ?? '',
    order: (line) => Number(of(line, phase) ?? 0),
    cell: (line) => formatNumber(of(line, phase) ?? '–'),
  });
  const isAsking = rows.some((line) => askedOf(line, outcomes).length > 0);
  const columns: readonly Column<AllocationLine>[] = [
    { id: 'plant', title: t('企业', 'Enterprise'), isHead: true, text: ({ uscc }) => name(uscc) },
    { id: 'unit', title: t('机组', 'Unit'), text: ({ unit }) => unitWords(unit, language) },
    ...(isAsking
      ? [
          {
            id: 'asked',
            title: t('须填报', 'To be stated'),
            text: () => '',
            cell: (line: AllocationLine) => <AskedFigures {...props} line={line} />,
          },
        ]
      : []),
    tonnes('stated', t('已发布（t）', 'Issued (t)'), stated),
    tonnes('computed', t('按规则计算（t）', 'By the rules (t)'), computedOf),
    tonnes('difference', t('差异（t）', 'Difference (t)'), difference),
    {
      id: 'state',
      title: t('状态', 'State'),
      text: (line) => stateText(line, t, language),
      cell: (line) => <State line={line} phase={phase} />,
    },
  ];
  return (
    <DataTable
      rows={rows}
      rowId={lineId}
      columns={columns}
      name={t('配额分配', 'allocation')}
      empty={t('没有机组。', 'There is no unit.')}
    />
  );
}

/** Figures that are typed for what is not issued yet. */
function askedOf(line: AllocationLine, outcomes: LinesProps['outcomes']): LineOutcome['asked'] {
  return line.anchored === undefined ? (outcomes.get(lineId(line))?.asked ?? []) : [];
}

function AskedFigures({ line, outcomes, typed, onType }: LinesProps & { readonly line: AllocationLine }): ReactElement {
  const { language } = useLanguage();
  const name = usePartyName();
  const id = lineId(line);
  return (
    <>
      {askedOf(line, outcomes).map(({ name: figure }) => {
        const value = typed[id]?.[figure] ?? '';
        return (
          <label key={figure}>
            <span>{figureWords(figure)[language]}</span>
            <input
              type="text"
              inputMode="decimal"
              data-figure={figure}
              aria-label={`${figureWords(figure)[language]} ${name(line.uscc)} ${unitWords(line.unit, language)}`}
              aria-invalid={value !== '' && !isDecimalText(value)}
              value={value}
              onChange={({ target }) => {
                onType(id, figure, target.value.trim());
              }}
            />
          </label>
        );
      })}
    </>
  );
}

function stateText(line: AllocationLine, t: ReturnType<typeof useText>, language: 'zh' | 'en'): string {
  if (line.anchored !== undefined) return stateLook({ ...line.anchored, type: 'allowance-issuance' }).words[language];
  if (mayIssue(line)) return t('可发布', 'ready');
  return line.computed === undefined ? t('未发布', 'not issued') : t('尚缺', 'lacking');
}

function State({ line, phase }: { readonly line: AllocationLine; readonly phase: Phase }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { anchored, computed } = line;
  if (anchored !== undefined) {
    const off = difference(line, phase);
    return (
      <>
        <Link href={`/records/${anchored.id}`}>
          <StateTag status={anchored.status} state={anchored.state} type="allowance-issuance" />
        </Link>{' '}
        {off !== undefined && off !== '0' && <strong className="bad">{t('✕ 与规则不符', '✕ not by the rules')}</strong>}
        {off === '0' && <span className="good">{t('✓ 与计算相符', '✓ as computed')}</span>}
      </>
    );
  }
  return (
    <>
      <span className={mayIssue(line) ? 'good' : 'quiet'}>{stateText(line, t, language)}</span>
      <FaultList faults={computed?.faults ?? []} />
    </>
  );
}
