import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { useLanguage, useText } from '../app/language-context';
import { formulaWords } from '../words/formula-words';
import { formatAmount } from '../words/numbers';
import { partsOf, type Walk } from './view';

/** The trace as an outline: each figure opens to what it is computed from. Made for keys and for screen readers. */
export function TraceList({ walk, open }: { readonly walk: Walk; readonly open: ReadonlySet<string> }): ReactElement {
  return (
    <ul className="outline">
      <Line walk={walk} figure={walk.root} open={open} />
    </ul>
  );
}

interface LineProps {
  readonly walk: Walk;
  readonly figure: string;
  readonly open: ReadonlySet<string>;
}

/** Inner lines are made when they are asked for: one figure may be an input of many. */
function Line({ walk, figure, open }: LineProps): ReactElement {
  const [isOpen, setOpen] = useState(open.has(figure));
  const inputs = walk.inputs.get(figure) ?? [];
  if (inputs.length === 0)
    return (
      <li>
        <Label walk={walk} figure={figure} /> <RecordLink walk={walk} figure={figure} />
      </li>
    );
  return (
    <li>
      <details
        open={isOpen}
        onToggle={(event) => {
          setOpen(event.currentTarget.open);
          event.stopPropagation();
        }}
      >
        <summary>
          <Label walk={walk} figure={figure} />
        </summary>
        {isOpen && (
          <ul className="outline">
            <li>
              <RecordLink walk={walk} figure={figure} />
            </li>
            {inputs.map((input) => (
              <Line key={input} walk={walk} figure={input} open={open} />
            ))}
          </ul>
        )}
      </details>
    </li>
  );
}

function Label({ walk, figure }: { readonly walk: Walk; readonly figure: string }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const node = walk.nodes.get(figure);
  const { name, place } = partsOf(figure, language);
  const broken = walk.breaks.get(figure);
  return (
    <>
      {broken !== undefined && <strong className="bad">✕ {t('断开', 'broken')} </strong>}
      {name} = {formatAmount(node?.value ?? null, node?.unit, language)} <span className="quiet">{place}</span>
      {node?.formula !== undefined && <span className="quiet"> · ƒ {formulaWords(node.expression ?? '')}</span>}
    </>
  );
}

function RecordLink({ walk, figure }: { readonly walk: Walk; readonly figure: string }): ReactElement | null {
  const t = useText();
  const { language } = useLanguage();
  const node = walk.nodes.get(figure);
  const { place } = partsOf(figure, language);
  if (node === undefined) return null;
  return (
    <Link href={`/records/${node.record}`} aria-label={t(`记录 ${place}`, `Record ${place}`)}>
      {t('记录', 'Record')}
    </Link>
  );
}
