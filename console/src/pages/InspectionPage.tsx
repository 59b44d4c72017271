import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { examine, type Checked } from '../check/examine';
import { askAbout, servicePolicy, statusOf } from '../check/ledger';
import { keptOf, openTable } from '../check/where-changed';
import type { DroppedFile } from '../files/dropped';
import { hashFile } from '../files/hasher';
import { receiptsInFile, recogniseFile, verifyFigureProofFile, verifyReceiptFile } from '../files/prover';
import { Button } from '../parts/Button';
import { DropBox } from '../parts/DropBox';
import { saveFile } from '../parts/save-file';
import { TableHead } from '../parts/TableHead';
import { useTitle } from '../parts/use-title';
import { useWork } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';
import { formatCsv } from '../records/csv';
import { formatTime } from '../words/numbers';
import { titleOfKey } from '../words/record-words';
import { recordTypeOfKey } from '../filing/words';
import { fileReasons, urgency, verdictNames, verdictWords, type Verdict } from '../words/verdicts';
import { FieldPackPanel } from '../inspection/FieldPackPanel';
import { findingTypes } from '../inspection/findings';
import { NoteFinding } from '../inspection/NoteFinding';
import { ReportPanel } from '../inspection/ReportPanel';
import { WhereChanged } from '../inspection/WhereChanged';

/** A flight check: a folder of the plant against the ledger, the worst first, and what was found to take along. */
export function InspectionPage(): ReactElement {
  const t = useText();
  useTitle(t('现场检查', 'On-site check'));
  const [results, setResults] = useState<readonly Checked[]>();
  const work = useWork();
  const check = (dropped: readonly DroppedFile[]): void => {
    const labels = {
      recognising: t('正在识别文件种类', 'Looking at what each file is:'),
      checking: t('正在比对', 'Comparing'),
    };
    work.start(labels.recognising, async ({ signal, tell, isLatest }) => {
      const choice = { sendNames: true, isStopped: () => signal.aborted };
      const checked = await examine(
        dropped,
        means,
        choice,
        () => undefined,
        (phase, done) => {
          tell(labels[phase], done, dropped.length);
        },
      );
      if (isLatest()) setResults(checked);
    });
  };
  return (
    <>
      <h1>{t('现场检查', 'On-site check')}</h1>
      <p className="lead">
        {t(
          '拖入企业提供的整个文件夹，逐个与账本比对。文件不离开本机；没有网络时请先保存离线包。',
          'Drop the whole folder that the plant hands over: each file is compared with the ledger. Files stay on this computer. Without a network, take a pack along.',
        )}
      </p>
      <DropBox id="inspection-files" multiple folder label={t('选择文件', 'Choose files')} onFiles={check}>
        {t('或把文件夹拖到这里', 'or drop the folder here')}
      </DropBox>
      <WorkStatus
        work={work}
        said={{
          cancelled: t('已取消：下面只有此前读到的文件。', 'Cancelled: below are the files that were read until then.'),
        }}
      />
      {results !== undefined && <Results results={results} />}
      <FieldPackPanel />
      <ReportPanel />
    </>
  );
}

const means: Parameters<typeof examine>[1] = {
  recognise: recogniseFile,
  hash: (file) => hashFile(file),
  receiptsIn: receiptsInFile,
  openTable,
  verifyReceipt: verifyReceiptFile,
  verifyFigureProof: verifyFigureProofFile,
  ask: askAbout,
  statusOf,
  policy: servicePolicy,
};

const looks: Readonly<Record<Verdict, string>> = {
  consistent: 'good',
  anchored: 'none',
  questioned: 'warn',
  stale: 'warn',
  inconsistent: 'bad',
  'not-found': 'none',
  undecidable: 'none',
};

const fileName = (path: string): string => path.split('/').at(-1) ?? path;

interface ResultsProps {
  readonly results: readonly Checked[];
}

function Results({ results }: ResultsProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { identity } = useSession();
  const name = usePartyName();
  const sorted = [...results].sort((a, b) => urgency.indexOf(a.verdict) - urgency.indexOf(b.verdict));
  const lines = sorted.map((one) => {
    const answer = one.kind === 'file' ? one.answer : undefined;
    return {
      one,
      path: one.path,
      verdict: one.verdict,
      record: answer?.record,
      key: answer?.key,
      title: answer?.key === undefined ? '' : titleOfKey(answer.key, recordTypeOfKey(answer.key), language),
      party: answer?.party === undefined ? '' : name(answer.party),
      at: answer?.anchoredAt === undefined ? '' : formatTime(answer.anchoredAt),
    };
  });
  const heads = [
    t('结论', 'Verdict'),
    t('文件', 'File'),
    t('记录', 'Record'),
    t('签署方', 'Signed by'),
    t('锚定时间', 'Anchored'),
  ];
  const kept = keptOf(results);
  const findings = identity === undefined ? [] : findingTypes(identity.party.kind);
  return (
    <section data-results="">
      <p role="status" className="counts">
        {verdictNames.map((verdict) => (
          <span key={verdict} className={`tag ${looks[verdict]}`}>
            {verdictWords[verdict].sign} {verdictWords[verdict][language]}{' '}
            {String(results.filter((one) => one.verdict === verdict).length)}
          </span>
        ))}
      </p>
      <div className="scroll">
        <table className="data folds">
          <TableHead titles={heads} />
          <tbody>
            {lines.map(({ one, path, verdict, record, key, title, party, at }) => (
              <tr key={path} data-verdict={verdict}>
                <td>
                  <span className={`tag ${looks[verdict]}`} title={fileReasons[verdict][language]}>
                    {verdictWords[verdict].sign} {verdictWords[verdict][language]}
                  </span>
                </td>
                <th scope="row">
                  {path}
                  {one.kind === 'file' && verdict === 'inconsistent' && <WhereChanged checked={one} kept={kept} />}
                </th>
                <td>
                  {record === undefined ? '–' : <Link href={`/records/${record}`}>{title}</Link>}{' '}
                  {record !== undefined && key !== undefined && (
                    <NoteFinding
                      label={path}
                      stated={{ key, record, ...(verdict === 'inconsistent' ? { document: fileName(path) } : {}) }}
                    />
                  )}
                </td>
                <td>{party}</td>
                <td>{at}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="row">
        <Button
          onClick={() => {
            const rows = lines.map(({ path, verdict, title, party, at }) => [
              verdictWords[verdict][language],
              path,
              title,
              party,
              at,
            ]);
            saveFile(t('检查结果.csv', 'check.csv'), formatCsv([heads, ...rows]), 'text/csv;charset=utf-8');
          }}
        >
          {t('导出 CSV', 'Export CSV')}
        </Button>
        <Button
          onClick={() => {
            window.print();
          }}
        >
          {t('打印', 'Print')}
        </Button>
        {findings.map(({ type, title }) => (
          <Link key={type} className="button" href={`/file/${type}`}>
            {t(`填报：${title.zh}`, `File: ${title.en}`)}
          </Link>
        ))}
      </p>
    </section>
  );
}
