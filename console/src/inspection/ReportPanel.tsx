import { composeInspectionReport, signInspectionReport, type SignedInspectionReport } from '@carbon-ledger/core';
import { anchoredOf, inspectedRecords, type LedgerClient } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { useAsk, useParties, useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { meansOf, type Means } from '../filing/prepare-filing';
import { recordTypeOfKey } from '../filing/words';
import { Button } from '../parts/Button';
import { typedText } from '../parts/form-text';
import { useWork } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';
import { titleOfKey } from '../words/record-words';
import { readerOf, receiptsInOrder } from './field-pack';

interface ReportAsked {
  readonly uscc: string;
  readonly year: string;
  readonly plan: string;
}

/** The report of what is on the ledger of a plant's inspection, signed with the key that is open here. */
async function signedReport({ client, keys, identity }: Means, asked: ReportAsked): Promise<SignedInspectionReport> {
  const extent = { plants: [asked.uscc], years: asked.year === '' ? [] : [asked.year] };
  const { uscc } = identity.party;
  const plan = asked.plan === '' ? [] : await versionsOf(client, asked.plan);
  const records = await inspectedRecords(readerOf(client), extent, [uscc], plan);
  const body = await composeInspectionReport({
    ...{ ledger: await client.ledgerId(), party: uscc, records, extent },
    ...(asked.plan === '' ? {} : { plan: asked.plan }),
    signedAt: `${new Date().toISOString().slice(0, 19)}Z`,
    receipts: (ids) => receiptsInOrder(client, ids),
  });
  return signInspectionReport(body, keys.signer(identity.key));
}

async function versionsOf(client: LedgerClient, key: string): Promise<Parameters<typeof inspectedRecords>[3]> {
  const { items } = await client.records({ key, limit: 100 });
  return items.map(anchoredOf);
}

/** 检查报告: findings of a plant with their two times and receipts, signed here, as a paper and as the file that verifies. */
export function ReportPanel(): ReactElement | null {
  const t = useText();
  const { language } = useLanguage();
  const state = useSession();
  const { data: parties = [] } = useParties();
  const { data: plans } = useAsk(['plans'], (client) => client.records({ type: 'inspection', limit: 200 }));
  const work = useWork();
  if (state.identity === undefined) return null;
  const make = (asked: ReportAsked): void => {
    work.start(t('正在生成检查报告 …', 'The report is being made …'), async ({ client, save }) => {
      const report = await signedReport({ ...meansOf(state), client }, asked);
      const name = `${t('检查报告', 'inspection-report')}-${asked.uscc}${asked.year === '' ? '' : `-${asked.year}`}`;
      await save(`${name}.pdf`, await client.paper('inspection', report, language), 'application/pdf');
    });
  };
  const keys = [...new Set((plans?.items ?? []).map(({ key }) => key))];
  return (
    <section data-report="">
      <h2>{t('检查报告', 'Report of the inspection')}</h2>
      <p>
        {t(
          '汇总该企业已存证的检查问题，用本机密钥签名，由本服务排版为 PDF：内附签名报告与回执，可离线核验；服务不留存。',
          'Puts together the findings that were anchored, signs them with the key here, and has the service lay them out as a PDF: the signed report with its receipts inside, to be verified offline. The service keeps nothing.',
        )}
      </p>
      <form
        className="row no-print"
        aria-label={t('出具检查报告', 'Write the report')}
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const [uscc, year, plan] = ['plant', 'year', 'plan'].map((name) => typedText(form, name));
          make({ uscc: uscc ?? '', year: year ?? '', plan: plan ?? '' });
        }}
      >
        <label htmlFor="report-plant">
          <span>{t('企业', 'Plant')}</span>
          <select id="report-plant" name="plant" required className="filled-later">
            <option value="">{t('请选择', 'Choose')}</option>
            {parties
              .filter(({ kind }) => kind === 'enterprise')
              .map(({ uscc, name }) => (
                <option key={uscc} value={uscc}>
                  {name}
                </option>
              ))}
          </select>
        </label>
        <label htmlFor="report-year">
          <span>{t('年度（空为全部）', 'Year (empty: all)')}</span>
          <input id="report-year" name="year" type="number" min={2019} max={2099} defaultValue="2024" />
        </label>
        <label htmlFor="report-plan">
          <span>{t('检查方案', 'Inspection')}</span>
          <select id="report-plan" name="plan" className="filled-later">
            <option value="">{t('不限', 'Any')}</option>
            {keys.map((key) => (
              <option key={key} value={key}>
                {titleOfKey(key, recordTypeOfKey(key), language)} {key.split('.').at(-1)}
              </option>
            ))}
          </select>
        </label>
        <Button type="primary" htmlType="submit" loading={work.busy !== undefined}>
          {t('签名并保存检查报告（PDF）', 'Sign and save the report (PDF)')}
        </Button>
      </form>
      <WorkStatus work={work} />
    </section>
  );
}
