import { Button } from '../parts/Button';
import type { TraceNode } from './answer';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { usePartyName } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { Facts } from '../parts/Facts';
import { formatAmount, formatNumber, formatTime } from '../words/numbers';
import { figureWords } from '../words/figure-words';
import { formulaWords } from '../words/formula-words';
import { titleOfFigure } from '../words/place-words';
import type { Walk } from './view';

interface NodeProps {
  readonly node: TraceNode;
  readonly walk: Walk;
  readonly isOpen: boolean;
  readonly onToggle: (figure: string) => void;
  readonly onWithdraw: (record: string) => void;
}

/** All that is known of the chosen figure. */
export function NodeFacts({ node, walk, isOpen, onToggle, onWithdraw }: NodeProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const party = usePartyName();
  const variable = (name: string): string => figureWords(name)[language];
  const rows: readonly (readonly [string, string | ReactElement])[] = [
    [t('数值', 'Value'), formatAmount(node.value, node.unit, language)],
    ...(node.formula === undefined
      ? [[t('来历', 'Origin'), t('填报，不由公式得出', 'stated, not computed')] as const]
      : [
          [
            t('公式', 'Formula'),
            <span key="f" title={node.formula}>
              {formulaWords(node.expression ?? '', variable)}
            </span>,
          ] as const,
        ]),
    ...(node.recomputed === undefined ? [] : [[t('重算', 'Recomputed'), formatNumber(node.recomputed)] as const]),
    [t('签署方', 'Signed by'), party(node.party)],
    [t('锚定时间', 'Anchored'), formatTime(node.anchoredAt)],
    [
      t('文件', 'Documents'),
      node.documents.map(({ name, place }) => `${name}${place === undefined ? '' : ` ${place}`}`).join('；') || '–',
    ],
  ];
  return (
    <section aria-live="polite">
      <h2>{titleOfFigure(node.figure, language)}</h2>
      <p>
        <code>{node.figure}</code>
      </p>
      <Facts rows={rows} />
      <p className="row no-print">
        {(walk.inputs.get(node.figure)?.length ?? 0) > 0 && (
          <Button
            onClick={() => {
              onToggle(node.figure);
            }}
          >
            {isOpen ? t('收起来源', 'Collapse its inputs') : t('展开来源', 'Expand its inputs')}
          </Button>
        )}
        <Button
          onClick={() => {
            onWithdraw(node.record);
          }}
        >
          {t('假如该记录撤回', 'What if its record were withdrawn')}
        </Button>
        <Link href={`/records/${node.record}`}>{t('打开记录', 'Open the record')}</Link>
      </p>
    </section>
  );
}
