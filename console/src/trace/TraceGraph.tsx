import type { TraceNode } from './answer';
import type { KeyboardEvent, ReactElement, Ref } from 'react';
import { useLanguage, useText } from '../app/language-context';
import { formulaWords } from '../words/formula-words';
import { formatAmount } from '../words/numbers';
import { BOX, layOut } from './layout';
import { partsOf, shownOf, type Walk } from './view';

interface GraphProps {
  readonly walk: Walk;
  readonly open: ReadonlySet<string>;
  readonly selected: string | undefined;
  readonly onSelect: (figure: string) => void;
  readonly onToggle: (figure: string) => void;
  readonly picture: Ref<SVGSVGElement>;
}

/** The picture of a trace. Its colours stand in attributes, so that a saved picture looks the same anywhere; it is always on white. */
export function TraceGraph({ walk, open, selected, onSelect, onToggle, picture }: GraphProps): ReactElement {
  const t = useText();
  const shown = shownOf(walk, open);
  const { boxes, paths, width, height } = layOut(shown);
  return (
    <div className="scroll graph">
      <svg
        ref={picture}
        role="group"
        aria-label={t(
          '溯源图：左侧为来源，右侧为所查数据项',
          'Trace: sources at the left, the asked figure at the right',
        )}
        width={width}
        height={height}
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        fontFamily="system-ui, 'Noto Sans CJK SC', sans-serif"
        fontSize={12}
      >
        <rect width={width} height={height} fill="#ffffff" />
        <g fill="none" stroke="#8c8c8c">
          {paths.map(({ from, to, d }) => (
            <path key={`${from} ${to}`} d={d} />
          ))}
        </g>
        {shown.nodes.map((node) => {
          const place = boxes.get(node.figure);
          return place === undefined ? null : (
            <g key={node.figure} transform={`translate(${String(place.x)} ${String(place.y)})`}>
              <Box
                node={node}
                walk={walk}
                isOpen={open.has(node.figure)}
                isSelected={selected === node.figure}
                onSelect={onSelect}
                onToggle={onToggle}
              />
            </g>
          );
        })}
      </svg>
    </div>
  );
}

interface BoxProps {
  readonly node: TraceNode;
  readonly walk: Walk;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly onSelect: (figure: string) => void;
  readonly onToggle: (figure: string) => void;
}

function Box({ node, walk, isOpen, isSelected, onSelect, onToggle }: BoxProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { name, place } = partsOf(node.figure, language);
  const inputs = walk.inputs.get(node.figure)?.length ?? 0;
  const isBroken = walk.breaks.has(node.figure);
  const amount = formatAmount(node.value, node.unit, language);
  const onKey = (event: KeyboardEvent): void => {
    const action = actionOf(event.key, isOpen);
    if (action === undefined) return;
    (action === 'select' ? onSelect : onToggle)(node.figure);
    event.preventDefault();
  };
  return (
    <g
      role="button"
      tabIndex={0}
      aria-pressed={isSelected}
      {...(isBroken ? { 'aria-description': t('链条在此断开', 'The chain breaks here') } : {})}
      data-figure={node.figure}
      data-broken={isBroken}
      data-closed={inputs > 0 && !isOpen}
      cursor="pointer"
      onClick={() => {
        onSelect(node.figure);
      }}
      onDoubleClick={() => {
        onToggle(node.figure);
      }}
      onKeyDown={onKey}
    >
      <title>{node.figure}</title>
      <rect {...BOX} rx={4} {...lookOf(isBroken, isSelected, node.hidden === true)} />
      <text x={8} y={17} fontWeight={600} fill={isBroken ? '#a8071a' : '#1f1f1f'}>
        {isBroken ? '✕ ' : ''}
        {short(name, 36)}
      </text>
      <text x={8} y={35} fontSize={13} fill={isBroken ? '#a8071a' : '#1f1f1f'}>
        {amount}
      </text>
      <text x={8} y={53} fontSize={11} fill="#595959">
        {short(place, 38)}
      </text>
      <Corner node={node} amount={amount} inputs={inputs} isOpen={isOpen} />
    </g>
  );
}

interface CornerProps {
  readonly node: TraceNode;
  /** What stands left of the formula, on the same line. */
  readonly amount: string;
  readonly inputs: number;
  readonly isOpen: boolean;
}

/** Letters of the line of an amount and its formula. */
const LINE = 30;

/** The formula, and how many inputs there are to open. */
function Corner({ node, amount, inputs, isOpen }: CornerProps): ReactElement {
  return (
    <g fontSize={11} textAnchor="end">
      {node.formula !== undefined && (
        <text x={BOX.width - 8} y={35} fill="#0958d9">
          ƒ {short(formulaWords(node.expression ?? ''), Math.max(6, LINE - amount.length))}
        </text>
      )}
      {inputs > 0 && (
        <text x={BOX.width - 8} y={53} fill="#595959">
          {isOpen ? '−' : `+${String(inputs)}`}
        </text>
      )}
    </g>
  );
}

/** Inputs lie to the left: that arrow opens them, the other one closes them. */
function actionOf(key: string, isOpen: boolean): 'select' | 'toggle' | undefined {
  if (key === 'Enter') return 'select';
  return key === ' ' || key === (isOpen ? 'ArrowRight' : 'ArrowLeft') ? 'toggle' : undefined;
}

function lookOf(isBroken: boolean, isSelected: boolean, isHidden: boolean): Record<string, string | number> {
  return {
    fill: isBroken ? '#fff1f0' : isHidden ? '#f5f5f5' : '#ffffff',
    stroke: isBroken ? '#a8071a' : isSelected ? '#0958d9' : '#bfbfbf',
    strokeWidth: isBroken || isSelected ? 2 : 1,
  };
}

/** Chinese characters are as wide as two letters. */
const widthOf = (character: string): number => (character > '\u2e7f' ? 2 : 1);

/** As much of a text as has room, in widths of a letter. */
function short(text: string, most: number): string {
  let [width, end] = [0, 0];
  for (const character of text) {
    width += widthOf(character);
    if (width > most) return `${text.slice(0, end)}…`;
    end += character.length;
  }
  return text;
}
