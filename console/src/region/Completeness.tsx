import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useLanguage, useText } from '../app/language-context';
import { DataTable, type Column } from '../parts/DataTable';
import { Facts } from '../parts/Facts';
import { formatAmount, formatNumber } from '../words/numbers';
import { unitWords } from '../words/record-words';
import { totalsOf, type Month, type UnitLine } from './summary';

/** What is to be said of a month: the worst of it first. */
function useMonthLook(): (month: Month) => { readonly sign: string; readonly look: string; readonly words: string } {
  const t = useText();
  return ({ state, late, backDated, default: isDefault, doubts }) => {
    if (state === 'missing') return { sign: '✕', look: 'bad', words: t('缺', 'missing') };
    if (doubts !== undefined) return { sign: '?', look: 'warn', words: t('存疑', 'in doubt') };
    if (late) return { sign: '⚠', look: 'warn', words: t('迟报', 'late') };
    if (backDated) return { sign: '↶', look: 'warn', words: t('倒签', 'dated back') };
    if (isDefault) return { sign: '◆', look: 'warn', words: t('默认值', 'default value') };
    return { sign: '✓', look: 'good', words: t('已报', 'filed') };
  };
}

function MonthMark({ month }: { readonly month: Month }): ReactElement {
  const { sign, look, words } = useMonthLook()(month);
  const said = `${month.month} ${words}`;
  const mark = (
    <span className={`tag ${look}`} title={said}>
      <span aria-hidden="true">{sign}</span>
      <span className="sr">{said}</span>
    </span>
  );
  return month.record === undefined ? mark : <Link href={`/records/${month.record}`}>{mark}</Link>;
}

/** Numbers of the region, then every unit with its twelve months. */
export function CompletenessView({ lines }: { readonly lines: readonly UnitLine[] }): ReactElement {
  const t = useText();
  return (
    <section data-completeness="">
      <h2>{t('完整性、及时性与默认值', 'Completeness, lateness, default values')}</h2>
      <Totals lines={lines} />
      <Legend />
      <UnitTable lines={lines} />
    </section>
  );
}

function Totals({ lines }: { readonly lines: readonly UnitLine[] }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { plants, units, filed, missing, late, backDated, defaults, cost } = totalsOf(lines);
  const facts: readonly (readonly [string, string])[] = [
    [t('企业 / 机组', 'Plants / units'), `${String(plants)} / ${String(units)}`],
    [t('已报 / 应报（机组·月）', 'Filed / due (unit-months)'), `${String(filed)} / ${String(filed + missing)}`],
    [t('缺报', 'Missing'), String(missing)],
    [t('迟报', 'Late'), String(late)],
    [t('倒签提交日期', 'Dated back'), String(backDated)],
    [t('采用默认含碳量', 'On the default carbon content'), String(defaults)],
    [t('默认值多计', 'Counted more by default values'), formatAmount(cost, 'tCO2', language)],
  ];
  return <Facts rows={facts} />;
}

function Legend(): ReactElement {
  const t = useText();
  return (
    <p className="quiet">
      {t(
        '✓ 已报 · ✕ 缺 · ? 存疑 · ⚠ 迟报 · ↶ 提交日期早于锚定日期过多 · ◆ 采用默认值',
        '✓ filed · ✕ missing · ? in doubt · ⚠ late · ↶ says an earlier day than it was anchored · ◆ default value',
      )}
    </p>
  );
}

function UnitTable({ lines }: { readonly lines: readonly UnitLine[] }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const look = useMonthLook();
  const count = (id: 'missing' | 'late' | 'backDated' | 'defaults', title: string): Column<UnitLine> => ({
    ...{ id, title, isNumber: true },
    text: (line) => String(line[id]),
    order: (line) => line[id],
  });
  const columns: readonly Column<UnitLine>[] = [
    {
      id: 'plant',
      title: t('企业', 'Plant'),
      isHead: true,
      text: ({ name }) => name,
      cell: ({ uscc, name, months }) => (
        <Link href={`/year?uscc=${uscc}&year=${months[0]?.month.slice(0, 4) ?? ''}`}>{name}</Link>
      ),
    },
    { id: 'unit', title: t('机组', 'Unit'), text: ({ unit }) => unitWords(unit, language) },
    {
      id: 'months',
      title: t('1–12 月', 'Jan–Dec'),
      text: ({ months }) => months.map((month) => look(month).sign).join(''),
      order: ({ filed }) => filed,
      cell: ({ months }) => (
        <span className="marks">
          {months.map((month) => (
            <MonthMark key={month.month} month={month} />
          ))}
        </span>
      ),
    },
    count('missing', t('缺报', 'Missing')),
    count('late', t('迟报', 'Late')),
    count('backDated', t('倒签', 'Dated back')),
    count('defaults', t('默认值（月）', 'Defaults (months)')),
    {
      id: 'cost',
      title: t('默认值多计（t）', 'By defaults (t)'),
      isNumber: true,
      text: ({ cost }) => cost,
      order: ({ cost }) => Number(cost),
      cell: ({ cost }) => formatNumber(cost),
    },
  ];
  return (
    <DataTable
      rows={lines}
      rowId={({ uscc, unit }) => `${uscc}/${unit}`}
      columns={columns}
      name={t('完整性', 'completeness')}
      list="units"
      empty={t('该地区该年没有可见的机组。', 'No unit of this region and year is open to you.')}
    />
  );
}
