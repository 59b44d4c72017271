import { parseDocument } from '@carbon-ledger/core';
import {
  assertIdentified,
  checkPlantYear,
  type PlantYearCheck,
  type PlantYearDifference,
  readPlantYearLeniently,
} from '@carbon-ledger/plant-year';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { DropBox } from '../parts/DropBox';
import { Failure } from '../parts/Failure';
import { Detail, FaultText } from '../parts/Faults';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';
import { anchoredPlantYear } from '../plant-year/anchored';
import { figureWords } from '../words/figure-words';
import { formatNumber } from '../words/numbers';
import { titleOfFigure, titleOfRecord } from '../words/place-words';
import { stepWords } from '../words/step-words';
import { TableHead } from '../parts/TableHead';
import { SignInLink } from '../parts/SignInLink';

/** Compares a plant-year file with the ledger: every difference by record and figure, what it breaks, and what it is worth. */
export function PlantYearPage(): ReactElement {
  const t = useText();
  useTitle(t('核对年度数据', 'Check a plant-year'));
  const { client, identity } = useSession();
  const [check, setCheck] = useState<PlantYearCheck>();
  const [error, setError] = useState<unknown>();
  const [name, setName] = useState('');
  const [isBusy, setBusy] = useState(false);
  const compare = async (file: File): Promise<void> => {
    setName(file.name);
    setCheck(undefined);
    setError(undefined);
    setBusy(true);
    try {
      const plantYear = readPlantYearLeniently(parseDocument(new Uint8Array(await file.arrayBuffer())));
      assertIdentified(plantYear);
      setCheck(checkPlantYear(plantYear, await anchoredPlantYear(client, plantYear)));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h1>{t('核对年度数据', 'Check a plant-year')}</h1>
      <p className="lead">
        {t(
          '拖入企业年度数据文件，与账本逐项比对：指出是哪条记录的哪个数据项不同、链条从哪一步断开、触发哪些规则、折合多少吨。文件在本机比对，不会发送出去。',
          'Drop a plant-year file. It is compared with the ledger, figure by figure: which one of which record differs, where the chain breaks first, which rules speak, and what it is worth in tonnes. The file is compared here and not sent.',
        )}
      </p>
      {identity === undefined && (
        <p className="notice">
          {t('非公开数据项只向有权者开放：', 'Private figures are open to those named only: ')}
          <SignInLink>{t('请先登录', 'sign in first')}</SignInLink>
        </p>
      )}
      <DropBox
        id="plant-year"
        label={t('选择文件（.json）', 'Choose the file (.json)')}
        onFiles={([first]) => {
          if (first !== undefined) void compare(first.file);
        }}
      >
        {name === '' ? t('或拖到这里', 'or drop it here') : name}
      </DropBox>
      {isBusy && <Loading />}
      {error !== undefined && <Failure error={error} />}
      {check !== undefined && <Outcome check={check} />}
    </>
  );
}

/** Records that stand and are in doubt, each with why. */
function Doubted({ check: { doubted } }: { readonly check: PlantYearCheck }): ReactElement {
  const { language } = useLanguage();
  return (
    <ul>
      {doubted.map(({ record, doubts }) => (
        <li key={record} title={record}>
          ⚠ {titleOfRecord(record, language)}：{doubts.map(({ why }) => stepWords(why)[language]).join('；')}
        </li>
      ))}
    </ul>
  );
}

function Outcome({ check }: { readonly check: PlantYearCheck }): ReactElement {
  const t = useText();
  if (check.status === 'same')
    return (
      <p className="tag good" role="status">
        {t('✓ 一致：文件与账本所载相同', '✓ Consistent: the file says what the ledger says')}
      </p>
    );
  const unseen = String(check.hidden.length);
  if (check.status === 'questioned')
    return (
      <section>
        <p className="tag warn" role="status">
          {t('⚠ 一致但记录存疑', '⚠ Consistent, but records are in doubt')}
        </p>
        <Doubted check={check} />
      </section>
    );
  if (check.status === 'undecidable')
    return (
      <p className="tag warn" role="status">
        {t(
          `? 无法判定：可见部分无不同，但有 ${unseen} 条记录的数据项未向您开放`,
          `? Undecidable: nothing differs that can be seen, but the figures of ${unseen} records are not open to you`,
        )}
      </p>
    );
  const count = String(check.differences.length);
  return (
    <section>
      <p className="tag bad" role="status">
        {t(`✕ 不一致：${count} 处不同`, `✕ Inconsistent: ${count} differences`)}
      </p>
      {check.hidden.length > 0 && (
        <p className="notice">
          {t(
            `另有 ${unseen} 条记录的数据项未向您开放，未作比对。`,
            `The figures of ${unseen} records are not open to you and were not compared.`,
          )}
        </p>
      )}
      <Doubted check={check} />
      <Unread faults={check.faults} />
      <div className="scroll">
        <table className="data">
          <TableHead
            titles={[
              t('记录', 'Record'),
              t('数据项', 'Figure'),
              t('账本所载', 'Anchored'),
              t('文件所载', 'Found'),
              t('规则', 'Rules'),
              t('链条断开之处', 'The chain breaks at'),
              t('影响', 'Worth'),
            ]}
          />
          <tbody>
            {check.differences.map((difference) => (
              <Difference key={`${difference.record}#${difference.figure}`} difference={difference} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Unread({ faults }: { readonly faults: PlantYearCheck['faults'] }): ReactElement | null {
  const t = useText();
  if (faults.length === 0) return null;
  return (
    <div className="failure">
      <p>{t('文件中以下内容无法读取：', 'This of the file cannot be read:')}</p>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.path} ${fault.message}`}>
            <code>{fault.path}</code> <FaultText fault={fault} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Difference({ difference }: { readonly difference: PlantYearDifference }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { record, figure, anchored, found, unread, ended, rules, firstBreak, impact } = difference;
  const costs = Object.entries(impact ?? {}).filter(([, delta]) => delta !== '0') as [string, string | null][];
  return (
    <tr data-difference={`${record}#${figure}`}>
      <td>
        <Link href={`/records?key=${encodeURIComponent(record)}`}>{titleOfRecord(record, language)}</Link>
      </td>
      <th scope="row" title={figure}>
        {figureWords(figure)[language]}
      </th>
      <td className="good">
        {ended === null ? (
          (anchored ?? t('没有', 'nothing'))
        ) : (
          <span className="bad">
            {t('曾锚定，现已失效：', 'was anchored and does not stand: ')}
            {ended.state}
          </span>
        )}
      </td>
      <td className="bad">
        {found ?? t('没有', 'nothing')}
        {unread !== null && <Detail message={unread} />}
      </td>
      <td>{rules.join(' ')}</td>
      <td>
        {firstBreak !== null && (
          <>
            {titleOfFigure(firstBreak.figure, language)} <span className="quiet">{firstBreak.step}</span>
          </>
        )}
      </td>
      <td>
        {costs.map(([name, delta]) => (
          <div key={name}>
            <span className="quiet">{figureWords(name)[language]}</span>{' '}
            {delta === null ? t('无法计算', 'cannot be computed') : formatNumber(delta)}
          </div>
        ))}
      </td>
    </tr>
  );
}
