import type { Trace } from './answer';
import type { ReactElement } from 'react';
import { useLanguage, useText } from '../app/language-context';
import { formatAmount } from '../words/numbers';
import { TableHead } from '../parts/TableHead';
import { titleOfFigure, titleOfRecord } from '../words/place-words';
import { stepWords } from '../words/step-words';
import { doubtsByReason } from './view';
import { counted } from '../words/counted';

/** The answer in words: the value, whether its chain holds, and where it breaks. */
export function TraceSummary({ trace }: { readonly trace: Trace }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const look = { intact: 'tag good', broken: 'tag bad', questioned: 'tag warn', undecidable: 'tag' }[trace.status];
  const verdict = {
    intact: t('✓ 链条完整', '✓ The chain is intact'),
    broken: t('✕ 链条断开', '✕ The chain is broken'),
    questioned: t('⚠ 存疑：所依据的记录有疑问', '⚠ In doubt: a record that it rests on is questioned'),
    undecidable: t('– 无法判定：并非每一步都向您公开', '– Undecidable: not every step is open to you'),
  }[trace.status];
  return (
    <section data-status={trace.status}>
      <p>
        {titleOfFigure(trace.figure, language)} ={' '}
        <strong className="nowrap">{formatAmount(trace.value, trace.unit, language)}</strong>{' '}
        <span className={look}>{verdict}</span>
      </p>
      <p className="quiet">
        {t(`${String(trace.nodes.length)} 个数据项。`, `${counted(trace.nodes.length, 'figure')}. `)}
        {trace.hidden > 0 &&
          t(
            `其中 ${String(trace.hidden)} 个因未向您公开而未重算。`,
            `${String(trace.hidden)} of them are not open to you and were not recomputed.`,
          )}
      </p>
      {trace.doubts !== undefined && (
        <ul>
          {doubtsByReason(trace.doubts).map((same) => (
            <Doubts key={`${same[0].step} ${same[0].by ?? ''}`} same={same} />
          ))}
        </ul>
      )}
      {trace.breaks.length > 0 && <Breaks breaks={trace.breaks} />}
    </section>
  );
}

/** One reason to doubt, and the figures that it is about. */
function Doubts({ same }: { readonly same: ReturnType<typeof doubtsByReason>[number] }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const [{ figure, step, by }] = same;
  const record = by === undefined ? '' : titleOfRecord(by, language);
  const why = stepWords(step)[language] + (by === undefined ? '' : t(`（${record}）`, ` (${record})`));
  const colon = t('：', ': ');
  if (same.length === 1)
    return (
      <li>
        ⚠ {titleOfFigure(figure, language)}
        {colon}
        {why}
      </li>
    );
  return (
    <li>
      <details>
        <summary>
          ⚠ {why}
          {colon}
          {t(`${String(same.length)} 个数据项`, counted(same.length, 'figure'))}
        </summary>
        <ul>
          {same.map((one) => (
            <li key={one.figure}>{titleOfFigure(one.figure, language)}</li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function Breaks({ breaks }: { readonly breaks: Trace['breaks'] }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  return (
    <div className="scroll">
      <table className="data">
        <caption>{t('断开之处', 'Where it breaks')}</caption>
        <TableHead titles={[t('数据项', 'Figure'), t('步骤', 'Step'), t('应为', 'Expected'), t('实为', 'Found')]} />
        <tbody>
          {breaks.map(({ figure, step, expected, got }) => (
            <tr key={`${figure} ${step}`} className="broken">
              <th scope="row" title={figure}>
                ✕ {titleOfFigure(figure, language)}
              </th>
              <td>{stepWords(step)[language]}</td>
              <td>{expected ?? '–'}</td>
              <td>{got ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
