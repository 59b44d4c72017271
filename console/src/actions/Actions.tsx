import type { ActionView, AnchoredRecordView, AnswerOf } from '@carbon-ledger/client-sdk';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk, useSession } from '../app/ledger-hooks';
import { useText, useWords } from '../app/language-context';
import { Failure } from '../parts/Failure';
import { partyKindWords } from '../words/record-words';
import { stateLook } from '../words/states';
import { addressOfStep } from './address';
import { stepWords } from './words';

export function useActions(record: string): UseQueryResult<AnswerOf<'getRecordActions'>> {
  return useAsk(['actions', record], (client) => client.actions(record));
}

/** What may be done with a record now: by whoever is signed in first, and by whom else. */
export function Actions({ view }: { readonly view: AnchoredRecordView }): ReactElement | null {
  const t = useText();
  const { identity } = useSession();
  const { data, error } = useActions(view.id);
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return null;
  const own = data.actions.filter(({ yours }) => yours === true);
  const others = data.actions.filter(({ yours, awaited }) => yours !== true && awaited);
  return (
    <section className="no-print" aria-labelledby="actions">
      <h2 id="actions">{t('现在可以做什么', 'What may be done now')}</h2>
      {own.map((action, at) => (
        <Step key={action.step} action={action} view={view} isFirst={at === 0 && action.awaited} />
      ))}
      {identity !== undefined && own.length === 0 && (
        <p className="quiet">{t('您没有可以进行的操作。', 'There is nothing that you may do with it.')}</p>
      )}
      {others.map((action) => (
        <Awaited key={action.step} action={action} view={view} />
      ))}
    </section>
  );
}

interface StepProps {
  readonly action: ActionView;
  readonly view: AnchoredRecordView;
}

/** A withdrawal is looked at before it is made. */
function Step({ action, view, isFirst }: StepProps & { readonly isFirst: boolean }): ReactElement {
  const t = useText();
  const words = useWords();
  const address = addressOfStep(action, { record: view.id, subject: view.record.subject });
  const to = stateLook({ status: '', state: action.to, type: view.record.type });
  return (
    <p className="row">
      <Link href={address} className={isFirst ? 'button primary' : 'button'}>
        {words(stepWords(action))}
      </Link>
      <span className="quiet">→ {words(to.words)}</span>
      {action.file.type === 'revocation' && (
        <Link href={`/trace?withdraw=${view.id}`}>{t('先看影响', 'See the impact first')}</Link>
      )}
    </p>
  );
}

function Awaited({ action, view }: StepProps): ReactElement {
  const t = useText();
  const words = useWords();
  const kinds = [...new Set(action.by.map(({ kind }) => words(partyKindWords(kind))))];
  const to = words(stateLook({ status: '', state: action.to, type: view.record.type }).words);
  return (
    <p className="quiet">
      {t(
        `等待${kinds.join('、')}：${stepWords(action).zh}（→ ${to}）`,
        `Awaited of ${kinds.join(', ')}: ${stepWords(action).en} (→ ${to})`,
      )}
    </p>
  );
}
