import type { Fault, FigureSpec, FormulaCase } from '@carbon-ledger/core';
import type { ClipboardEvent, ReactElement } from 'react';
import { useLanguage, useText } from '../../app/language-context';
import { FaultList } from '../../parts/Faults';
import { Formula } from '../../parts/Formula';
import { TableHead } from '../../parts/TableHead';
import { formatNumber, formatUnit } from '../../words/numbers';
import { figureWords } from '../../words/figure-words';
import { columnOf, decimalText } from '../decimals';
import { figureRows, type FigureRow } from '../figure-rows';
import type { Filing } from '../draft';
import { counted } from '../../words/counted';

export interface ComputedFigure {
  readonly value: string;
  readonly formula?: string | undefined;
}

interface FiguresFormProps {
  readonly specs: readonly FigureSpec[];
  readonly filing: Filing;
  readonly computed: ReadonlyMap<string, ComputedFigure>;
  readonly faults: readonly Fault[];
  readonly onChange: (figures: Filing['figures']) => void;
}

/** Figures that are stated, and beside them, while one types, those that follow. A column of a spreadsheet can be pasted. */
export function FiguresForm({ specs, filing, computed, faults, onChange }: FiguresFormProps): ReactElement {
  const t = useText();
  const rows = figureRows(specs, filing);
  const put = (from: number, values: readonly string[]): void => {
    const fields = rows.slice(from, from + values.length);
    const changed = fields.map(({ name, spec }, at) => [name, decimalText(values[at] ?? '', spec.decimals)] as const);
    onChange({ ...filing.figures, ...Object.fromEntries(changed) });
  };
  if (specs.length === 0)
    return (
      <p className="quiet">
        {t('此类记录没有数据项，或尚未选定核算方法。', 'No figures, or no methodology is chosen yet.')}
      </p>
    );
  return (
    <div className="scroll">
      <table className="data figures">
        <TableHead
          titles={[
            t('数据项', 'Figure'),
            t('填报值', 'Stated'),
            t('单位', 'Unit'),
            { number: t('按公式计算', 'By formula') },
            t('说明', 'Note'),
          ]}
        />
        <tbody>
          {rows.map((row, at) => (
            <FigureLine
              key={row.name}
              row={row}
              value={filing.figures[row.name] ?? ''}
              computed={computed.get(row.name)}
              faults={faults.filter(({ path }) => path === `/figures/${row.name}` || path === `/totals/${row.name}`)}
              onType={(value) => {
                onChange({ ...filing.figures, [row.name]: value });
              }}
              onPut={(values) => {
                put(at, values);
              }}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  readonly row: FigureRow;
  readonly value: string;
  readonly computed: ComputedFigure | undefined;
  readonly faults: readonly Fault[];
  readonly onType: (value: string) => void;
  readonly onPut: (values: readonly string[]) => void;
}

function FigureLine({ row, value, computed, faults, onType, onPut }: LineProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { name, spec, isStated } = row;
  const id = `figure-${name}`;
  const paste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const values = columnOf(event.clipboardData.getData('text'));
    if (values.length < 2) return;
    event.preventDefault();
    onPut(values);
  };
  return (
    <tr className={faults.length > 0 ? 'broken' : ''}>
      <th scope="row">
        <label htmlFor={isStated ? id : undefined}>{figureWords(name)[language]}</label>{' '}
        <a
          href={`/knowledge?q=${name}`}
          target="_blank"
          rel="noreferrer"
          title={t('含义与公式', 'Meaning and formula')}
        >
          <code>{name}</code>
        </a>
      </th>
      <td>
        {isStated && (
          <input
            id={id}
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={faults.length > 0}
            value={value}
            onPaste={paste}
            onChange={(event) => {
              onType(event.target.value);
            }}
            onBlur={(event) => {
              onPut([event.target.value]);
            }}
          />
        )}
        <FaultList id={`${id}-faults`} faults={faults} />
      </td>
      <td>{formatUnit(spec.unit, language)}</td>
      <td className="number">{computed === undefined ? '' : formatNumber(computed.value)}</td>
      <td className="quiet">
        {t(`${String(spec.decimals)} 位小数`, counted(spec.decimals, 'decimal'))}
        {!isStated && computed === undefined && t('；待计算', '; not computable yet')}
        {computed?.formula !== undefined && <ByFormula spec={spec} id={computed.formula} />}
      </td>
    </tr>
  );
}

function ByFormula({ spec, id }: { readonly spec: FigureSpec; readonly id: string }): ReactElement {
  const { language } = useLanguage();
  const inputs: FormulaCase['inputs'] = spec.cases.find((one) => one.id === id)?.inputs ?? {};
  const named = (variable: string): string | undefined => {
    const input = Object.hasOwn(inputs, variable) ? inputs[variable] : undefined;
    if (input === undefined || 'content' in input) return undefined;
    return figureWords('figure' in input ? input.figure : input.parameter)[language];
  };
  return (
    <>
      {language === 'zh' ? '；' : '; '}
      <Formula id={id} expression={spec.cases.find((one) => one.id === id)?.expression} named={named} />
    </>
  );
}
