import { Button } from '../parts/Button';
import type { Trace } from '../trace/answer';
import { useMemo, useRef, useState, type ReactElement } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useAsk } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { Failure } from '../parts/Failure';
import { typedText } from '../parts/form-text';
import { Loading } from '../parts/Loading';
import { fileNameOf } from '../parts/save-file';
import { useTitle } from '../parts/use-title';
import { useWork, type Under } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';
import { pictureText, pngOf } from '../trace/export-picture';
import { ImpactView } from '../trace/ImpactView';
import { NodeFacts } from '../trace/NodeFacts';
import { TraceGraph } from '../trace/TraceGraph';
import { TraceList } from '../trace/TraceList';
import { TraceSummary } from '../trace/TraceSummary';
import { TraceTable } from '../trace/TraceTable';
import { openAtFirst, walkOf } from '../trace/view';

const looks = ['graph', 'table', 'list'] as const;
type Look = (typeof looks)[number];

/** What of the page stands in its address. */
interface Place {
  readonly figure: string;
  readonly look: Look;
  readonly withdraw: string;
}

function readPlace(search: string): Place {
  const parameters = new URLSearchParams(search);
  const look = looks.find((name) => name === parameters.get('view')) ?? 'graph';
  return { figure: parameters.get('figure')?.trim() ?? '', look, withdraw: parameters.get('withdraw') ?? '' };
}

function usePlace(): [Place, (change: Partial<Place>) => void] {
  const place = readPlace(useSearch());
  const [, go] = useLocation();
  const change = (changed: Partial<Place>): void => {
    const { figure, look, withdraw } = { ...place, ...changed };
    const parameters = new URLSearchParams();
    if (figure !== '') parameters.set('figure', figure);
    if (look !== 'graph') parameters.set('view', look);
    if (withdraw !== '') parameters.set('withdraw', withdraw);
    go(`/trace?${parameters.toString()}`, { replace: changed.figure === undefined });
  };
  return [place, change];
}

export function TracePage(): ReactElement {
  const t = useText();
  useTitle(t('溯源', 'Trace'));
  const [{ figure, look, withdraw }, change] = usePlace();
  return (
    <>
      <h1>{t('溯源', 'Trace')}</h1>
      <Ask
        figure={figure}
        onAsk={(asked) => {
          change({ figure: asked, withdraw: '' });
        }}
      />
      {withdraw !== '' && <ImpactView record={withdraw} />}
      {figure === '' && withdraw === '' && <Explanation />}
      {figure !== '' && (
        <Answer
          key={figure}
          figure={figure}
          look={look}
          onLook={(chosen) => {
            change({ look: chosen });
          }}
          onWithdraw={(record) => {
            change({ withdraw: record });
          }}
        />
      )}
    </>
  );
}

function Ask({ figure, onAsk }: { readonly figure: string; readonly onAsk: (figure: string) => void }): ReactElement {
  const t = useText();
  return (
    <form
      className="row no-print"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(typedText(event.currentTarget, 'figure').trim());
      }}
    >
      <label htmlFor="figure" className="wide">
        <span>{t('数据项地址', 'Address of the figure')}</span>
        <input
          type="text"
          id="figure"
          name="figure"
          key={figure}
          defaultValue={figure}
          placeholder="91140000MA0FAKE01X/PLANT/2024/annual-report#emission_tCO2"
        />
      </label>
      <Button type="primary" htmlType="submit">
        {t('溯源', 'Trace')}
      </Button>
    </form>
  );
}

function Explanation(): ReactElement {
  const t = useText();
  return (
    <p className="lead">
      {t(
        '输入数据项地址（统一社会信用代码/机组/时期/类型#名称），或在任一记录中点“溯源”。账本从头重算每一步，并指出链条在哪一个参数断开。',
        'Give the address of a figure (USCC/unit/period/kind#name), or follow "Trace" on any record. Every step is computed anew, and the parameter is named at which a chain breaks.',
      )}
    </p>
  );
}

interface AnswerProps {
  readonly figure: string;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
  readonly onWithdraw: (record: string) => void;
}

function Answer(props: AnswerProps): ReactElement {
  const { figure } = props;
  const { data, error } = useAsk(['trace', figure], (client) => client.trace(figure));
  if (error !== null) return <Failure error={error} />;
  return data === undefined ? <Loading /> : <Traced trace={data} {...props} />;
}

function Traced({ trace, look, onLook, onWithdraw }: AnswerProps & { readonly trace: Trace }): ReactElement {
  const walk = useMemo(() => walkOf(trace), [trace]);
  const first = useMemo(() => openAtFirst(walk), [walk]);
  const [open, setOpen] = useState<ReadonlySet<string>>(first);
  const [selected, setSelected] = useState<string>();
  const picture = useRef<SVGSVGElement>(null);
  const toggle = (figure: string): void => {
    const next = new Set(open);
    if (!next.delete(figure)) next.add(figure);
    setOpen(next);
  };
  const node = walk.nodes.get(selected ?? '');
  return (
    <>
      <TraceSummary trace={trace} />
      <Looks look={look} onLook={onLook} />
      <Saving trace={trace} picture={look === 'graph' ? picture : undefined} />
      {look === 'graph' && (
        <TraceGraph
          walk={walk}
          open={open}
          selected={selected}
          onSelect={setSelected}
          onToggle={toggle}
          picture={picture}
        />
      )}
      {look === 'graph' && node !== undefined && (
        <NodeFacts node={node} walk={walk} isOpen={open.has(node.figure)} onToggle={toggle} onWithdraw={onWithdraw} />
      )}
      {look === 'table' && <TraceTable walk={walk} />}
      {look === 'list' && <TraceList walk={walk} open={first} />}
    </>
  );
}

function Looks({ look, onLook }: { readonly look: Look; readonly onLook: (look: Look) => void }): ReactElement {
  const t = useText();
  const words: Readonly<Record<Look, string>> = {
    graph: t('图', 'Graph'),
    table: t('表', 'Table'),
    list: t('逐级列表', 'Outline'),
  };
  return (
    <div className="row no-print" role="group" aria-label={t('显示方式', 'Show as')}>
      {looks.map((name) => (
        <Button
          key={name}
          aria-pressed={name === look}
          type={name === look ? 'primary' : 'default'}
          onClick={() => {
            onLook(name);
          }}
        >
          {words[name]}
        </Button>
      ))}
    </div>
  );
}

interface SavingProps {
  readonly trace: Trace;
  readonly picture: { readonly current: SVGSVGElement | null } | undefined;
}

function Saving({ trace, picture }: SavingProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const work = useWork();
  const isBusy = work.busy !== undefined;
  const name = (ending: string): string => fileNameOf(trace.figure, ending);
  const making = (what: string, make: (under: Under) => Promise<void>) => () => {
    work.start(t(`正在生成${what} …`, `${what} is being made …`), make);
  };
  const withPicture = (what: string, use: (svg: SVGSVGElement, under: Under) => Promise<void>) =>
    making(what, async (under) => {
      const svg = picture?.current;
      if (svg !== undefined && svg !== null) await use(svg, under);
    });
  const saveSvg = withPicture('SVG', (svg, { save }) => save(name('svg'), pictureText(svg), 'image/svg+xml'));
  const savePicture = withPicture('PNG', async (svg, { save }) => save(name('png'), await pngOf(svg)));
  const saveProv = making('PROV-JSON', async ({ client, save }) =>
    save(name('prov.json'), await client.traceAs(trace.figure, 'prov'), 'application/json'),
  );
  const saveReport = making(t('追溯报告', 'The report'), async ({ client, save }) =>
    save(name('pdf'), await client.traceReport(trace.figure, language), 'application/pdf'),
  );
  const saveProof = making(t('数据证明', 'The figure proof'), async ({ client, save }) =>
    save(name('proof'), await client.prove(trace.figure)),
  );
  const ways = [
    ...(picture === undefined
      ? []
      : ([
          ['SVG', saveSvg],
          ['PNG', savePicture],
        ] as const)),
    [t('追溯报告（PDF）', 'Report (PDF)'), saveReport],
    ['PROV-JSON', saveProv],
    [t('数据证明', 'Figure proof'), saveProof],
  ] as const;
  return (
    <>
      <div className="row no-print" role="group" aria-label={t('导出', 'Export')}>
        {ways.map(([title, save]) => (
          <Button key={title} loading={isBusy} onClick={save}>
            {title}
          </Button>
        ))}
        <Button
          onClick={() => {
            window.print();
          }}
        >
          {t('打印', 'Print')}
        </Button>
      </div>
      <WorkStatus work={work} />
    </>
  );
}
