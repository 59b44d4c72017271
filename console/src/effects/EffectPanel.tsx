import type { LedgerRecord } from '@carbon-ledger/core';
import type { FigureChange, RulePreview } from '@carbon-ledger/plant-year';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { usePartyName } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { recordTypeOfKey } from '../filing/words';
import { Button } from '../parts/Button';
import { DataTable, type Column } from '../parts/DataTable';
import { Facts } from '../parts/Facts';
import { useWork } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';
import { figureWords } from '../words/figure-words';
import { formatAmount, formatNumber } from '../words/numbers';
import { titleOfKey } from '../words/record-words';
import { previewEffect, touchedBy, type Effect, type RuleEffect } from './preview';
import { counted } from '../words/counted';

/** Before rules are filed: how many units and figures of the ledger as it stands they would change. */
export default function EffectPanel({ draft }: { readonly draft: LedgerRecord }): ReactElement {
  const t = useText();
  const [effect, setEffect] = useState<Effect>();
  const work = useWork();
  const look = (): void => {
    const read = (count: number): string =>
      t(`正在读取账本 … ${String(count)} 条`, `Reading the ledger … ${counted(count, 'record')}`);
    work.start(read(0), async ({ client, signal, tell }) => {
      setEffect(undefined);
      const onRead = (count: number): void => {
        tell(read(count));
      };
      const found = await previewEffect(client, draft, onRead, signal);
      signal.throwIfAborted();
      setEffect(found);
    });
  };
  return (
    <section data-effect={effect?.of ?? ''}>
      <h2>{t('影响预览', 'What it would change')}</h2>
      <p>
        {t(
          '按草稿重新计算或筛查账本现有记录，列出会变化的机组与数据项。只看不改，仅限您可见的数据。',
          'Computes or screens what stands on the ledger under this draft, and lists the units and figures that would change. Nothing is filed; only what is open to you is looked at.',
        )}
      </p>
      <p className="row">
        <Button loading={work.busy !== undefined} onClick={look}>
          {t('预览影响', 'Preview')}
        </Button>
        <WorkStatus work={work} said={{ cancelled: t('已取消，没有预览。', 'Cancelled: nothing was looked at.') }} />
      </p>
      {effect?.of === 'screening' && <Screened effect={effect} />}
      {effect?.of === 'figures' && <Figures preview={effect.preview} emission={effect.emission_t} />}
    </section>
  );
}

function Screened({ effect }: { readonly effect: Extract<Effect, { of: 'screening' }> }): ReactElement {
  const t = useText();
  const count = (id: Exclude<keyof RuleEffect, 'rule'>, title: string): Column<RuleEffect> => ({
    ...{ id, title, isNumber: true },
    text: (one) => String(one[id]),
    order: (one) => one[id],
  });
  const columns: readonly Column<RuleEffect>[] = [
    {
      id: 'rule',
      title: t('规则', 'Rule'),
      isHead: true,
      text: ({ rule }) => rule,
      cell: ({ rule }) => <Link href={`/knowledge?q=${rule}`}>{rule}</Link>,
    },
    count('before', t('现有发现', 'Found now')),
    count('after', t('提交后发现', 'Found then')),
    count('unitsBefore', t('现涉及机组', 'Units now')),
    count('unitsAfter', t('提交后涉及机组', 'Units then')),
  ];
  const rows = [
    [t('筛查企业', 'Enterprises screened'), String(effect.enterprises)],
    [t('结果会变化的规则', 'Rules that would tell something else'), String(effect.rules.length)],
    [t('未向您开放的记录', 'Records not open to you'), String(effect.hidden)],
  ] as const;
  return (
    <>
      <Facts rows={rows} />
      <DataTable
        rows={effect.rules}
        rowId={({ rule }) => rule}
        columns={columns}
        name={t('规则影响', 'effect on rules')}
        list="effect"
        empty={t('没有规则的结果会变化。', 'No rule would tell anything else.')}
      />
    </>
  );
}

interface FiguresProps {
  readonly preview: RulePreview;
  readonly emission: string | undefined;
}

function Figures({ preview, emission }: FiguresProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const name = usePartyName();
  const { units, enterprises } = touchedBy(preview);
  const rows = [
    [t('受其约束的记录', 'Records under these rules'), String(preview.records)],
    [t('会变化的数据项', 'Figures that would change'), String(preview.changes.length)],
    [t('涉及企业 / 机组', 'Enterprises / units'), `${String(enterprises)} / ${String(units)}`],
    [
      t('年度排放量合计变化', 'Change of annual emissions'),
      emission === undefined ? '–' : formatAmount(emission, 'tCO2', language),
    ],
    [t('未向您开放的记录', 'Records not open to you'), String(preview.hidden.length)],
  ] as const;
  const columns: readonly Column<FigureChange>[] = [
    { id: 'plant', title: t('企业', 'Enterprise'), text: ({ record }) => name(record.split('/')[0] ?? '') },
    {
      id: 'record',
      title: t('记录', 'Record'),
      isHead: true,
      text: ({ record }) => titleOfKey(record, recordTypeOfKey(record), language),
      cell: ({ record }) => (
        <Link href={`/records?key=${encodeURIComponent(record)}`}>
          {titleOfKey(record, recordTypeOfKey(record), language)}
        </Link>
      ),
    },
    { id: 'figure', title: t('数据项', 'Figure'), text: ({ figure }) => figureWords(figure)[language] },
    ...(['before', 'after', 'delta'] as const).map((id): Column<FigureChange> => ({
      id,
      title: { before: t('现为', 'Now'), after: t('提交后', 'Then'), delta: t('变化', 'Change') }[id],
      isNumber: true,
      text: (one) => formatNumber(one[id] ?? '–'),
      order: (one) => Number(one[id] ?? 0),
    })),
  ];
  return (
    <>
      <Facts rows={rows} />
      <DataTable
        rows={preview.changes}
        rowId={({ record, figure }) => `${record}#${figure}`}
        columns={columns}
        name={t('数据项影响', 'effect on figures')}
        list="effect"
        most={500}
        empty={t('没有数据项会变化。', 'No figure would change.')}
      />
    </>
  );
}
