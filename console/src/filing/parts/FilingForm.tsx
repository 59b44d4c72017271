import { Button } from 'antd';
import { LedgerError, type BuiltRecord, type Fault } from '@carbon-ledger/core';
import type { SubmissionStatus } from '@carbon-ledger/client-sdk';
import { lazy, Suspense, useState, type Dispatch, type ReactElement, type SetStateAction } from 'react';
import { useSession } from '../../app/ledger-hooks';
import { useLanguage, useText } from '../../app/language-context';
import { useDrafts, useKeepDraft } from '../../drafts/use-drafts';
import type { Identity } from '../../keys/session';
import { Failure } from '../../parts/Failure';
import { Told } from '../../parts/Told';
import { formatTime } from '../../words/numbers';
import { recordTitle } from '../../words/record-words';
import { titledChoices } from '../choices';
import { sketchOf, type Filing } from '../draft';
import { fieldsOfType } from '../fields';
import { dueOf } from '../prepare';
import { lookAt, meansOf } from '../prepare-filing';
import { stepFaults } from '../step-faults';
import { faultsOfRefusal } from '../submit';
import { draftOnce, withTold } from '../told';
import { usePanel } from '../use-panel';
import { citesOf, useCited, useIsComplete, useSlots } from '../use-filing';
import { Anchored } from './Anchored';
import { FilingSections } from './FilingSections';
import { SignPanel } from './SignPanel';

const EffectPanel = lazy(() => import('../../effects/EffectPanel'));

/** Types whose filing changes what is computed or asked of others: looked at before it is signed. */
const withEffect: ReadonlySet<string> = new Set(['rule-set', 'parameter', 'methodology']);

interface FilingFormProps {
  readonly address: string;
  readonly identity: Identity;
  readonly start: Filing;
  /** As it would begin without the draft. */
  readonly fresh: Filing;
  readonly keptAt: string | undefined;
}

/** Fill in, look at it in words, sign, keep the receipt. */
export function FilingForm({ address, identity, start, fresh, keptAt }: FilingFormProps): ReactElement {
  const [initial] = useState(start);
  const [filing, setFiling] = useState(initial);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [built, setBuilt] = useState<BuiltRecord>();
  const [status, setStatus] = useState<SubmissionStatus>();
  const drafts = useDrafts();
  const { language } = useLanguage();
  const title = recordTitle(sketchOf(filing, identity.party.uscc), language);
  const isChanged = filing !== initial;
  const keeping = useKeepDraft(isChanged && status === undefined ? { address, title, value: filing } : undefined);
  if (status !== undefined) return <Anchored status={status} />;
  if (built !== undefined)
    return (
      <SignPanel
        records={[built]}
        onBack={() => {
          setBuilt(undefined);
        }}
        onDone={(done) => {
          drafts?.drop(address);
          setStatus(done);
        }}
        onRefused={(error) => {
          setFaults(faultsOfRefusal(error));
        }}
      />
    );
  return (
    <>
      <DraftNote
        keptAt={keptAt}
        keeping={keeping}
        onFresh={() => {
          drafts?.drop(address);
          setFiling(fresh);
        }}
      />
      <Filling
        filing={filing}
        identity={identity}
        faults={faults}
        onChange={setFiling}
        onFaults={setFaults}
        onBuilt={setBuilt}
      />
    </>
  );
}

interface DraftNoteProps {
  readonly keptAt: string | undefined;
  readonly keeping: 'nothing' | 'kept' | 'failed';
  readonly onFresh: () => void;
}

function DraftNote({ keptAt, keeping, onFresh }: DraftNoteProps): ReactElement {
  const t = useText();
  const said = {
    nothing: '',
    kept: t(
      '草稿已加密保存在本机，点“锁定”后清除。',
      'The draft is kept on this computer, encrypted; it goes when you choose Lock.',
    ),
    failed: t('草稿无法保存在本机。', 'The draft cannot be kept on this computer.'),
  } as const;
  return (
    <p className="quiet" aria-live="polite">
      {said[keeping]}
      {keeping === 'nothing' && keptAt !== undefined && (
        <>
          {t(`已恢复 ${formatTime(keptAt)} 的草稿。`, `Restored the draft of ${formatTime(keptAt)}.`)}{' '}
          <button type="button" className="plain" onClick={onFresh}>
            {t('放弃草稿', 'Discard it')}
          </button>
        </>
      )}
    </p>
  );
}

interface FillingProps {
  readonly filing: Filing;
  readonly identity: Identity;
  readonly faults: readonly Fault[];
  readonly onChange: Dispatch<SetStateAction<Filing>>;
  readonly onFaults: (faults: readonly Fault[]) => void;
  readonly onBuilt: (built: BuiltRecord) => void;
}

function Filling(props: FillingProps): ReactElement {
  const { filing, identity, onChange, onFaults, onBuilt } = props;
  const t = useText();
  const { language } = useLanguage();
  const faults = props.faults.map((fault) => titledChoices(fieldsOfType(filing.type), fault, language));
  const state = useSession();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const [told, setTold] = useState<readonly string[]>();
  const { uscc } = identity.party;
  const [given] = useState(filing.cites);
  const { slots, error: unproposed } = useSlots(filing, given, uscc);
  const cites = citesOf(slots, filing.cites);
  const panel = usePanel(filing.type);
  const isProposed = slots !== undefined || unproposed !== null;
  const isComplete = useIsComplete(filing, isProposed, cites) && panel !== undefined;
  const look = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const means = meansOf(state);
      const drafting = draftOnce(means.client, { ...filing, cites });
      const { filing: filled, names } = await withTold(drafting, { ...filing, cites });
      setTold(names.length === 0 ? undefined : names);
      // What nobody has seen yet is not signed: the form shows it first.
      if (names.length > 0) {
        onFaults([]);
        const own = Object.fromEntries(names.map((name) => [name, filled.content[name]]));
        onChange((now) => ({ ...now, content: { ...now.content, ...own } }));
        return;
      }
      const looked = await lookAt(means, { ...filing, cites });
      const { built, faults: own } = looked;
      const found = own.length > 0 ? own : await stepFaults(drafting, built);
      onFaults(found);
      if (found.length === 0) onBuilt(built);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <FilingSections
          {...props}
          faults={faults}
          slots={slots}
          cites={cites}
          isComplete={isComplete}
          panel={panel ?? null}
        />
        {unproposed !== null && <Failure error={unproposed} />}
        <Told of={props.faults.length > 0 ? props.faults : undefined}>
          <Failure
            of={filing.type}
            error={new LedgerError('BAD_RECORD', t('有需要改正之处', 'There is something to put right'), { faults })}
          />
        </Told>
        <Told of={error}>
          <Failure error={error} />
        </Told>
        <Told of={told}>
          <ToldNote type={filing.type} names={told ?? []} />
        </Told>
        {isComplete && (
          <p className="row">
            <Button type="primary" htmlType="submit" loading={isBusy}>
              {t('核对', 'Check')}
            </Button>
            <span className="quiet">
              {t('下一步先用文字说明将要签署的内容。', 'Next, what will be signed is said in words.')}
            </span>
            <DueNote filing={{ ...filing, cites }} />
          </p>
        )}
      </form>
      {withEffect.has(filing.type) && (
        <Suspense>
          <EffectPanel draft={sketchOf(filing, uscc)} />
        </Suspense>
      )}
    </>
  );
}

/** What the ledger filled in, to be looked at before it is checked. */
function ToldNote({ type, names }: { readonly type: Filing['type']; readonly names: readonly string[] }): ReactElement {
  const t = useText();
  const titles = fieldsOfType(type).filter(({ name }) => names.includes(name));
  return (
    <p className="notice" role="status">
      {t(
        `账本已填入：${titles.map(({ title }) => title.zh).join('、')}。请看过后再点“核对”。`,
        `The ledger filled in: ${titles.map(({ title }) => title.en).join(', ')}. Look at it, and choose Check again.`,
      )}
    </p>
  );
}

/** Until when the first version is in time. */
function DueNote({ filing }: { readonly filing: Filing }): ReactElement | null {
  const t = useText();
  const cited = useCited(filing.cites);
  const day = filing.version > 1 || filing.subject.period === '' ? undefined : dueOf(filing, cited);
  if (day === undefined) return null;
  return <span>{t(`截止日期 ${day}`, `Due on ${day}`)}</span>;
}
