import { readFieldFindings, type FieldFindings } from '@carbon-ledger/core';
import { useState, type ReactElement } from 'react';
import { useParties, useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import type { DroppedFile } from '../files/dropped';
import { DropBox } from '../parts/DropBox';
import { Failure } from '../parts/Failure';
import { typedText } from '../parts/form-text';
import { Button } from '../parts/Button';
import { useWork } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';
import { figureWords } from '../words/figure-words';
import { titleOfRecord } from '../words/place-words';
import { makeFieldPack, pageWithPack } from './field-pack';
import { NoteFinding } from './NoteFinding';
import { counted } from '../words/counted';

/** What is taken along where there is no network, and what is brought back from there. */
export function FieldPackPanel(): ReactElement {
  const t = useText();
  const [error, setError] = useState<unknown>();
  return (
    <section data-field-pack="">
      <h2>{t('离线包', 'Without a network')}</h2>
      <p>
        {t(
          '把企业的记录、数据项、回执与核验策略存成一个网页，在手机或笔记本上断网打开：拖入文件夹比对，当场记下发现。其中含未公开数据，请妥善保管。',
          'Save the records of a plant, their figures, receipts and the policy as one page. Open it on a phone or laptop without a network: compare a folder, note findings on the spot. It holds private figures; keep it safe.',
        )}
      </p>
      <Take />
      <BringBack onError={setError} />
      {error !== undefined && <Failure error={error} />}
    </section>
  );
}

interface PartProps {
  readonly onError: (error: unknown) => void;
}

function Take(): ReactElement {
  const t = useText();
  const { data = [] } = useParties();
  const work = useWork();
  const enterprises = data.filter(({ kind }) => kind === 'enterprise');
  const take = (uscc: string, year: string): void => {
    const name = enterprises.find((party) => party.uscc === uscc)?.name ?? uscc;
    work.start(t('正在收集 …', 'Gathering …'), async ({ client, signal, save }) => {
      const pack = await makeFieldPack(client, { plants: [{ uscc, name }], years: year === '' ? [] : [year] });
      const page = await (await fetch('/inspect.html', { signal })).text();
      await save(`inspection-${uscc}-${year}.html`, pageWithPack(page, pack), 'text/html');
    });
  };
  return (
    <form
      className="row no-print"
      aria-label={t('保存离线包', 'Save a pack')}
      onSubmit={(event) => {
        event.preventDefault();
        take(typedText(event.currentTarget, 'plant'), typedText(event.currentTarget, 'year'));
      }}
    >
      <label htmlFor="pack-plant">
        <span>{t('企业', 'Plant')}</span>
        <select id="pack-plant" name="plant" required className="filled-later">
          <option value="">{t('请选择', 'Choose')}</option>
          {enterprises.map(({ uscc, name }) => (
            <option key={uscc} value={uscc}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor="pack-year">
        <span>{t('年度（空为全部）', 'Year (empty: all)')}</span>
        <input id="pack-year" name="year" type="number" min={2019} max={2099} defaultValue="2024" />
      </label>
      <Button htmlType="submit" loading={work.busy !== undefined}>
        {t('保存离线包', 'Save the pack')}
      </Button>
      <WorkStatus work={work} />
    </form>
  );
}

function BringBack({ onError }: PartProps): ReactElement {
  const t = useText();
  const { client } = useSession();
  const [brought, setBrought] = useState<FieldFindings>();
  const read = async (file: File): Promise<void> => {
    onError(undefined);
    setBrought(undefined);
    try {
      setBrought(readFieldFindings(JSON.parse(await file.text()), await client.ledgerId()));
    } catch (failure) {
      onError(failure);
    }
  };
  return (
    <>
      <DropBox
        id="field-findings"
        label={t('带回的发现（.json）', 'Findings brought back (.json)')}
        onFiles={([first]: readonly DroppedFile[]) => {
          if (first !== undefined) void read(first.file);
        }}
      >
        {t('选择离线包保存的文件，逐条填报', 'choose what the page saved, and file each')}
      </DropBox>
      {brought !== undefined && <Findings brought={brought} />}
    </>
  );
}

function Findings({ brought: { findings, files, missing } }: { readonly brought: FieldFindings }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const changed = files.filter(({ verdict }) => verdict === 'changed').length;
  const counts = [files.length, changed, missing.length].map(String);
  return (
    <>
      <p role="status">
        {t(
          `现场比对 ${counts[0] ?? ''} 个文件：内容变更 ${counts[1] ?? ''}，缺失 ${counts[2] ?? ''}；发现 ${String(findings.length)} 条。`,
          `${counts[0] ?? ''} files were compared: ${counts[1] ?? ''} changed, ${counts[2] ?? ''} missing; ${counted(findings.length, 'finding')}.`,
        )}
      </p>
      <ol data-brought="">
        {findings.map((one) => (
          <li key={`${one.at} ${one.key}`}>
            {titleOfRecord(one.key, language)} {one.document}{' '}
            {one.figure !== undefined &&
              `${figureWords(one.figure)[language]} ${one.anchored ?? ''} → ${one.found ?? '–'}`}{' '}
            {one.clause} {one.seen} <NoteFinding stated={one} label={titleOfRecord(one.key, language)} />
          </li>
        ))}
      </ol>
    </>
  );
}
