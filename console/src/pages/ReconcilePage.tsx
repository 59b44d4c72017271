import { dayOfRun, shippedReconciliationRules, type ReconciliationReport } from '@carbon-ledger/core';
import { useState, type ReactElement } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useLanguage, useText } from '../app/language-context';
import { noteWords } from '../batch/notes';
import type { DroppedFile } from '../files/dropped';
import { withParameters } from '../lists/view-state';
import { Button } from '../parts/Button';
import { DropBox } from '../parts/DropBox';
import { Failure } from '../parts/Failure';
import { TableHead } from '../parts/TableHead';
import { useTitle } from '../parts/use-title';
import { useWork } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';
import { sourceWords } from '../reconciliation/lines';
import { Report } from '../reconciliation/Report';
import { ledgerSide, readSide, reconcileFiles, withFile, type ReadFile, type RunAsked } from '../reconciliation/run';
import { YearInput } from '../parts/YearField';
import { counted } from '../words/counted';

/** The last day whose exchange file is closed, as `2024-12-08`. */
function lastDay(): string {
  return dayOfRun(new Date().toISOString(), shippedReconciliationRules);
}

interface Asked extends RunAsked {
  readonly withLedger: boolean;
}

function useAsked(): [Asked, (change: Readonly<Record<string, string>>) => void] {
  const search = useSearch();
  const [, go] = useLocation();
  const parameters = new URLSearchParams(search);
  const asked = {
    year: parameters.get('year') ?? '2024',
    asOf: parameters.get('asOf') ?? lastDay(),
    withLedger: parameters.get('ledger') !== 'no',
  };
  return [
    asked,
    (change) => {
      go(`/reconcile?${withParameters(search, change)}`, { replace: true });
    },
  ];
}

/** 对账: the files of both registries and of the province, dropped and compared here with each other and with the ledger. */
export function ReconcilePage(): ReactElement {
  const t = useText();
  useTitle(t('对账', 'Reconcile'));
  const [asked, ask] = useAsked();
  const [files, setFiles] = useState<readonly ReadFile[]>([]);
  const [report, setReport] = useState<ReconciliationReport>();
  const [error, setError] = useState<unknown>();
  const work = useWork();
  const take = async (dropped: readonly DroppedFile[]): Promise<void> => {
    setError(undefined);
    setReport(undefined);
    try {
      let read = files;
      for (const { file } of dropped)
        read = withFile(read, readSide(file.name, new Uint8Array(await file.arrayBuffer())));
      setFiles(read);
    } catch (failure) {
      setError(failure);
    }
  };
  const compare = (): void => {
    const read = (facts: number): string =>
      t(`已读取账本 ${String(facts)} 条 …`, `${counted(facts, 'fact')} of the ledger read …`);
    work.start(read(0), async ({ client, signal, tell }) => {
      setError(undefined);
      setReport(undefined);
      const onFact = (facts: number): void => {
        tell(read(facts));
      };
      const ledger = asked.withLedger ? await ledgerSide(client, onFact, signal) : undefined;
      signal.throwIfAborted();
      setReport(reconcileFiles(files, ledger, asked));
    });
  };
  return (
    <>
      <h1>{t('对账', 'Reconcile')}</h1>
      <p className="lead">
        {t(
          '拖入自愿减排注册登记机构的注销记录、注册登记机构的登记记录、省级主管部门的申请汇总（XLSX 或 CSV，至少两份）。逐行比对，并与账本核对。文件在本机比对，不会发送出去。',
          'Drop the cancellations of the CCER registry, the bookings of the allowance registry, the applications of a province (XLSX or CSV, at least two). They are compared row by row with each other and with the ledger. Files are compared here and not sent.',
        )}
      </p>
      <Options asked={asked} ask={ask} />
      <DropBox
        id="reconcile-files"
        multiple
        label={t('选择文件', 'Choose files')}
        onFiles={(dropped) => {
          void take(dropped);
        }}
      >
        {t('或拖到这里', 'or drop them here')}
      </DropBox>
      {error !== undefined && <Failure error={error} />}
      {files.length > 0 && (
        <Files
          files={files}
          onRemove={(name) => {
            setReport(undefined);
            setFiles(files.filter(({ file }) => file.name !== name));
          }}
        />
      )}
      {files.length > 0 && (
        <p className="row no-print">
          <Button type="primary" loading={work.busy !== undefined} onClick={compare}>
            {t('比对', 'Compare')}
          </Button>
        </p>
      )}
      <WorkStatus
        work={work}
        said={{
          done: t('已比对。', 'Compared.'),
          cancelled: t('已取消，没有比对。', 'Cancelled: nothing was compared.'),
        }}
      />
      {report !== undefined && <Report report={report} />}
    </>
  );
}

interface OptionsProps {
  readonly asked: Asked;
  readonly ask: (change: Readonly<Record<string, string>>) => void;
}

function Options({ asked: { year, asOf, withLedger }, ask }: OptionsProps): ReactElement {
  const t = useText();
  return (
    <div className="row no-print">
      <YearInput
        id="reconcile-year"
        label={t('履约年度', 'Compliance year')}
        year={year}
        onChange={(chosen) => {
          ask({ year: chosen });
        }}
      />
      <label htmlFor="reconcile-day">
        <span>{t('对账日', 'Day of the run')}</span>
        <input
          id="reconcile-day"
          type="date"
          value={asOf}
          onChange={({ target: { value } }) => {
            ask({ asOf: value });
          }}
        />
      </label>
      <label className="choice">
        <input
          type="checkbox"
          checked={withLedger}
          onChange={({ target: { checked } }) => {
            ask({ ledger: checked ? '' : 'no' });
          }}
        />{' '}
        {t('同时与账本核对', 'Compare with the ledger too')}
      </label>
    </div>
  );
}

interface FilesProps {
  readonly files: readonly ReadFile[];
  readonly onRemove: (name: string) => void;
}

function Files({ files, onRemove }: FilesProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  return (
    <div className="scroll">
      <table className="data" data-sides="">
        <TableHead
          titles={[
            t('文件', 'File'),
            t('来源', 'Side'),
            { number: t('行数', 'Rows') },
            t('提示', 'Notes'),
            { action: t('操作', 'Action') },
          ]}
        />
        <tbody>
          {files.map(({ file: { name, source, rows }, notes }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{sourceWords[source][language]}</td>
              <td className="number">{rows}</td>
              <td>{notes.map((note) => noteWords(note)[language]).join(t('；', '; '))}</td>
              <td className="no-print">
                <button
                  type="button"
                  className="plain"
                  aria-label={t(`移除 ${name}`, `Remove ${name}`)}
                  onClick={() => {
                    onRemove(name);
                  }}
                >
                  {t('移除', 'Remove')}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
