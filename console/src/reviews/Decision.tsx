import { Button } from 'antd';
import { formFields, type BuiltRecord, type Fault } from '@carbon-ledger/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ActionView, AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import { useState, type ReactElement } from 'react';
import { stepWords } from '../actions/words';
import { useAsk, useSession } from '../app/ledger-hooks';
import { useText, useWords } from '../app/language-context';
import { withValue, type Content } from '../filing/content';
import type { Filing } from '../filing/draft';
import { Fields } from '../filing/parts/FieldView';
import { SignPanel } from '../filing/parts/SignPanel';
import { lookAtProposed, meansOf } from '../filing/prepare-filing';
import { faultsOfRefusal } from '../filing/submit';
import { Failure } from '../parts/Failure';
import { FaultList } from '../parts/Faults';
import { Told } from '../parts/Told';
import { useFocusOn } from '../parts/use-focus';
import { stateLook } from '../words/states';
import { filingOfStep } from './decide';

interface DecisionProps {
  readonly view: AnchoredRecordView;
  /** The decision is anchored: on to the next one. */
  readonly onDone: () => void;
}

/** What the reviewer may decide, from the lifecycle; a decision that needs reasons asks for them, and is signed here. */
export function Decision({ view, onDone }: DecisionProps): ReactElement {
  const t = useText();
  const words = useWords();
  const { data } = useActions(view.id);
  const [chosen, setChosen] = useState<ActionView>();
  const steps = (data?.actions ?? []).filter(({ yours, file }) => yours === true && file.role === 'reviewed');
  if (chosen !== undefined)
    return (
      <Decide
        key={chosen.step}
        view={view}
        action={chosen}
        onBack={() => {
          setChosen(undefined);
        }}
        onDone={onDone}
      />
    );
  return (
    <div className="row" role="group" aria-label={t('审核结论', 'Decision')}>
      {steps.map((action) => (
        <Button
          key={action.step}
          data-step={action.step}
          aria-keyshortcuts={shortcutOf(action)}
          type={action.file.content?.['decision'] === 'accept' ? 'primary' : 'default'}
          onClick={() => {
            setChosen(action);
          }}
        >
          {words(stepWords(action))} →{' '}
          {words(stateLook({ status: '', state: action.to, type: view.record.type }).words)}
        </Button>
      ))}
      {data !== undefined && steps.length === 0 && (
        <span className="quiet">{t('没有您可以作出的审核结论。', 'There is nothing for you to decide.')}</span>
      )}
    </div>
  );
}

/** What may be done with a record now, and by whom. */
export function useActions(id: string): UseQueryResult<Awaited<ReturnType<LedgerClient['actions']>>> {
  return useAsk(['actions', id], (client) => client.actions(id));
}

/** `a` accepts, `r` returns, `q` questions: the first letter of the outcome. */
function shortcutOf({ file }: ActionView): string {
  return (file.content?.['decision'] ?? '').slice(0, 1);
}

interface DecideProps extends DecisionProps {
  readonly action: ActionView;
  readonly onBack: () => void;
}

function Decide({ view, action, onBack, onDone }: DecideProps): ReactElement {
  const t = useText();
  const words = useWords();
  const state = useSession();
  const [filing, setFiling] = useState<Filing>(() => filingOfStep(action, view));
  const [built, setBuilt] = useState<BuiltRecord>();
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [error, setError] = useState<unknown>();
  const fixed = Object.keys(action.file.content ?? {});
  const fields = formFields(action.file.type).filter(({ name }) => !fixed.includes(name));
  // Whoever works by keys goes on where the decision is, not at the head of the page behind the whole queue.
  const needsNothing = fields.length === 0 || action.file.content?.['decision'] === 'accept';
  const heading = useFocusOn<HTMLHeadingElement>(!needsNothing);
  const look = async (): Promise<void> => {
    setError(undefined);
    const looked = await lookAtProposed(meansOf(state), filing);
    setFaults(looked.faults);
    if (looked.faults.length === 0) setBuilt(looked.built);
  };
  if (built !== undefined)
    return (
      <SignPanel
        records={[built]}
        onBack={() => {
          setBuilt(undefined);
        }}
        onDone={onDone}
        onRefused={(failure) => {
          setFaults(faultsOfRefusal(failure));
        }}
      />
    );
  const change = (content: Content): void => {
    setFiling({ ...filing, content });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        look().catch(setError);
      }}
    >
      <h2 tabIndex={-1} ref={heading}>
        {words(stepWords(action))}
      </h2>
      <Names view={view} />
      <Fields
        fields={fields}
        path={[]}
        content={filing.content}
        faults={faults}
        example={undefined}
        onChange={(path, value) => {
          change(withValue(filing.content, path, value));
        }}
      />
      <Told of={faults.length > 0 ? faults : undefined}>
        <div role="alert">
          <FaultList faults={faults} of={filing.type} />
        </div>
      </Told>
      <Told of={error}>
        <Failure error={error} />
      </Told>
      <p className="row">
        <Button type="primary" htmlType="submit" autoFocus={needsNothing}>
          {t('核对', 'Check')}
        </Button>
        <Button onClick={onBack}>{t('返回', 'Back')}</Button>
      </p>
    </form>
  );
}

/** Figures and documents of the record, offered where a reason names one. */
function Names({ view }: { readonly view: AnchoredRecordView }): ReactElement {
  const figures = [...Object.keys(view.record.totals), ...(view.figures ?? []).map(({ name }) => name)];
  return (
    <>
      <datalist id="names-figure">
        {figures.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id="names-document">
        {view.record.documents.map(({ name, sha256 }) => (
          <option key={sha256} value={name} />
        ))}
      </datalist>
    </>
  );
}
