import { LedgerError, recordTypes, type BuiltRecord, type Fault } from '@carbon-ledger/core';
import { filesOfRow, isTemplateKind, type TemplateKind } from '@carbon-ledger/spreadsheets';
import type { SubmissionStatus } from '@carbon-ledger/client-sdk';
import { useState, type ReactElement } from 'react';
import { useParams } from 'wouter';
import { useSession } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import {
  coalPower,
  filingKinds,
  otherForm,
  filingOfRow,
  readBatch,
  templateFile,
  templateYears,
  type Batch,
} from '../batch/workbook';
import { useRuleYear } from '../batch/use-rule-year';
import { FormFaults } from '../batch/FormFaults';
import { OtherForm } from '../batch/OtherForm';
import { noteWords } from '../batch/notes';
import type { DroppedFile } from '../files/dropped';
import { hashFile } from '../files/hasher';
import { documentWithCells } from '../filing/documents';
import { Anchored } from '../filing/parts/Anchored';
import { SignPanel } from '../filing/parts/SignPanel';
import { lookAtProposed, meansOf } from '../filing/prepare-filing';
import { Button } from '../parts/Button';
import { DropBox } from '../parts/DropBox';
import { Failure } from '../parts/Failure';
import { FaultList } from '../parts/Faults';
import { saveFile } from '../parts/save-file';
import { TableHead } from '../parts/TableHead';
import { Told } from '../parts/Told';
import { useTitle } from '../parts/use-title';
import { useWork, type Under } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';
import { SignInFirst } from '../parts/SignInLink';
import { labelWords } from '../words/code-words';
import { figureWords } from '../words/figure-words';
import { formatNumber } from '../words/numbers';
import { periodWords, unitWords } from '../words/record-words';
import { counted } from '../words/counted';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Many records at once: fill in a workbook, drop it with its files, look at what it says, sign once. */
export function BatchPage(): ReactElement {
  const { kind } = useParams<{ kind: string }>();
  const t = useText();
  const words = useWords();
  const { identity } = useSession();
  const type = filingKinds().find((one) => one.kind === kind)?.type;
  const title = type === undefined ? '' : words(recordTypes[type].title);
  useTitle(t(`批量填报：${title}`, `File many: ${title}`));
  if (!isTemplateKind(kind) || type === undefined) return <h1>{t('没有这种表格', 'There is no such form')}</h1>;
  return (
    <>
      <h1>{t(`批量填报：${title}`, `File many: ${title}`)}</h1>
      {identity === undefined ? <SignInFirst /> : <Steps key={kind} kind={kind} />}
    </>
  );
}

function Steps({ kind }: { readonly kind: TemplateKind }): ReactElement {
  const t = useText();
  const [batch, setBatch] = useState<Batch>();
  const [records, setRecords] = useState<readonly BuiltRecord[]>();
  const [status, setStatus] = useState<SubmissionStatus>();
  const [error, setError] = useState<unknown>();
  const take = async (files: readonly DroppedFile[]): Promise<void> => {
    setError(undefined);
    // What was read before is not that which is refused now.
    setBatch(undefined);
    const read = await readBatch(files, kind);
    if (read === undefined)
      throw new LedgerError(
        'SHEET_UNREADABLE',
        t('没有填好的表格（.xlsx 或 .csv）', 'there is no filled form (.xlsx or .csv) among them'),
      );
    setBatch(read);
  };
  const other = batch === undefined ? undefined : otherForm(batch.form, kind);
  if (status !== undefined) return <Anchored status={status} />;
  if (records !== undefined)
    return (
      <SignPanel
        records={records}
        onBack={() => {
          setRecords(undefined);
        }}
        onDone={setStatus}
        onRefused={() => undefined}
      />
    );
  return (
    <>
      <h2>{t('一、表格', '1. The form')}</h2>
      <TemplateButton kind={kind} />
      <h2>{t('二、填好的表格与文件', '2. The filled form, and its files')}</h2>
      <DropBox
        id="batch-files"
        multiple
        folder
        label={t('选择表格与文件', 'Choose the form and its files')}
        onFiles={(files) => {
          take(files).catch(setError);
        }}
      >
        {t(
          '或一起拖到这里：填好的表格（.xlsx，或表头相同的 .csv），以及文件名带报告编号或“机组-月份”的文件。文件不离开本机。',
          'or drop them together: the filled form (.xlsx, or a .csv with its headers), and files with the number of the report, or unit and month, in their names. Files stay on this computer.',
        )}
      </DropBox>
      {error !== undefined && <Failure error={error} />}
      {batch !== undefined && other !== undefined && <OtherForm kind={batch.form.kind} title={other} />}
      {batch !== undefined && other === undefined && <ReadForm batch={batch} onBuilt={setRecords} />}
    </>
  );
}

interface ReadFormProps {
  readonly batch: Batch;
  readonly onBuilt: (records: readonly BuiltRecord[]) => void;
}

/** What was read, with all that is to be put right, or the rows as they will be filed. */
function ReadForm({ batch, onBuilt }: ReadFormProps): ReactElement {
  const { language } = useLanguage();
  const { notes, faults } = batch.form;
  return (
    <>
      {notes.length > 0 && (
        <ul className="quiet" data-notes="">
          {notes
            .map((note) => noteWords(note)[language])
            .map((told) => (
              <li key={told}>{told}</li>
            ))}
        </ul>
      )}
      {faults.length > 0 ? (
        <FormFaults form={batch.form} />
      ) : (
        <Rows key={batch.workbook.path} batch={batch} onBuilt={onBuilt} />
      )}
    </>
  );
}

function TemplateButton({ kind }: { readonly kind: TemplateKind }): ReactElement {
  const t = useText();
  const years = templateYears();
  const { year: usual } = useRuleYear(coalPower);
  const [chosen, setYear] = useState('');
  const year = chosen === '' ? usual : chosen;
  return (
    <p className="row">
      <label htmlFor="form-year">
        <span>{t('年度', 'Year')}</span>
        <select
          id="form-year"
          value={year}
          onChange={(event) => {
            setYear(event.target.value);
          }}
        >
          {years.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <Button
        onClick={() => {
          saveFile(`${kind}-${year}.xlsx`, templateFile(kind, year), XLSX);
        }}
      >
        {t('下载空白表格', 'Download the empty form')}
      </Button>
    </p>
  );
}

interface RowsProps {
  readonly batch: Batch;
  readonly onBuilt: (records: readonly BuiltRecord[]) => void;
}

/** What the form says, row by row, with the files of each; then all of it is made and looked at. */
function Rows({ batch, onBuilt }: RowsProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const state = useSession();
  const [faults, setFaults] = useState<readonly (readonly Fault[])[]>([]);
  const work = useWork();
  const { drafts } = batch.form;
  const columns = [...new Set(drafts.flatMap(({ figures }) => Object.keys(figures)))]
    .filter((name) => !name.includes('.'))
    .slice(0, 6);
  const label = t('正在核对', 'Checking');
  const look = async ({ client, signal, tell }: Under): Promise<void> => {
    setFaults([]);
    const means = meansOf({ ...state, client });
    const seedOf = (sha256: string): Promise<string> => means.keys.cellsSeed(sha256);
    const workbook = await documentWithCells(batch.workbook, await hashFile(batch.workbook.file), 'workbook', seedOf);
    const found: (readonly Fault[])[] = [];
    const built: BuiltRecord[] = [];
    for (const [at, draft] of drafts.entries()) {
      signal.throwIfAborted();
      tell(label, at, drafts.length);
      const files = await Promise.all(
        filesOfRow(draft, batch.others).map(async (file) =>
          documentWithCells(file, await hashFile(file.file), roleOf(draft.type), seedOf),
        ),
      );
      const documents = [workbook, ...files];
      // What stands above it in the form goes into the same submission.
      const looked = await lookAtProposed(
        means,
        { ...filingOfRow(draft, means.identity.party.uscc), documents },
        built,
      );
      built.push(looked.built);
      found.push(looked.faults);
    }
    signal.throwIfAborted();
    setFaults(found);
    if (found.every((own) => own.length === 0)) onBuilt(built);
  };
  const wrong = faults.filter((own) => own.length > 0).length;
  return (
    <section>
      <h2>{t('三、核对', '3. Check')}</h2>
      <div className="scroll">
        <table className="data">
          <caption>{t(`${String(drafts.length)} 条记录`, counted(drafts.length, 'record'))}</caption>
          <TableHead
            titles={[
              t('机组', 'Unit'),
              t('时期', 'Period'),
              ...columns.map((name) => ({ number: figureWords(name)[language] })),
              t('文件', 'Files'),
              t('结果', 'Result'),
            ]}
          />
          <tbody>
            {drafts.map((draft, at) => (
              <tr key={`${draft.sheet} ${String(draft.row)}`}>
                <th scope="row">{unitWords(draft.unit, language)}</th>
                <td>
                  {periodWords(draft.period, language)}
                  {draft.label !== undefined &&
                    t(`（${labelWords(draft.label).zh}）`, ` (${labelWords(draft.label).en})`)}
                </td>
                {columns.map((name) => (
                  <td key={name} className="number">
                    {formatNumber(draft.figures[name] ?? '')}
                  </td>
                ))}
                <td>
                  {filesOfRow(draft, batch.others)
                    .map(({ path }) => path.split('/').at(-1))
                    .join(' ')}
                </td>
                <td>
                  <FaultList faults={faults[at] ?? []} of={draft.type} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Told of={wrong > 0 ? faults : undefined}>
        <p className="bad" role="alert">
          {t(
            `✕ ${String(wrong)} 条有需要改正之处，见“结果”一栏；全部改正后才能签署。`,
            `✕ ${counted(wrong, 'record')} to be put right, as “Result” says: nothing is signed before all are.`,
          )}
        </p>
      </Told>
      <p className="row">
        <Button
          type="primary"
          loading={work.busy !== undefined}
          onClick={() => {
            work.start(label, look);
          }}
        >
          {t('核对全部', 'Check all')}
        </Button>
        <WorkStatus work={work} said={{ cancelled: t('已取消，没有核对完。', 'Cancelled: not all was checked.') }} />
      </p>
    </section>
  );
}

function roleOf(type: string): string {
  return type === 'test-report' ? 'report' : 'evidence';
}
