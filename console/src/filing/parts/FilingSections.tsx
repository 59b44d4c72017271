import { recordTypes, type Fault } from '@carbon-ledger/core';
import type { Dispatch, ReactElement, SetStateAction } from 'react';
import { Link } from 'wouter';
import { useText } from '../../app/language-context';
import type { Identity } from '../../keys/session';
import { Loading } from '../../parts/Loading';
import type { Slot } from '../citations';
import { withValue } from '../content';
import { keyOf, withDerived, changeDocuments, changeFigures, type Filing } from '../draft';
import { factsAskedOf, fieldsOfType } from '../fields';
import { goingOnFrom } from '../going-on';
import { figuresAskedOf } from '../prepare';
import type { Panel } from '../use-panel';
import { useCited, useComputed, useMethodology, useStanding } from '../use-filing';
import { CitationsForm } from './CitationsForm';
import { ContentFile } from './ContentFile';
import { DocumentsForm } from './DocumentsForm';
import { Fields } from './FieldView';
import { FiguresForm, type ComputedFigure } from './FiguresForm';
import { Names } from './Names';
import { SubjectForm } from './SubjectForm';

interface SectionsProps {
  readonly filing: Filing;
  readonly identity: Identity;
  readonly faults: readonly Fault[];
  readonly slots: readonly Slot[] | undefined;
  readonly cites: Filing['cites'];
  /** Whether all that the sections show of themselves is there. */
  readonly isComplete: boolean;
  /** What helps to fill in the content, where there is something for the type. */
  readonly panel: Panel | null;
  /** What takes its time changes the form as it stands when it is done: somebody types meanwhile. */
  readonly onChange: Dispatch<SetStateAction<Filing>>;
}

/** Steps of a filing, one under the other: about what, saying what, resting on what, with which figures and files. */
export function FilingSections(props: SectionsProps): ReactElement {
  const { filing, identity, isComplete, onChange } = props;
  const t = useText();
  return (
    <>
      <h2>{t('一、主体与时期', '1. About what')}</h2>
      <SubjectForm
        filing={filing}
        filer={identity.party}
        onChange={(change) => {
          onChange(withDerived({ ...filing, ...change }));
        }}
      />
      {isComplete ? <AfterSubject {...props} /> : <Loading />}
    </>
  );
}

function AfterSubject(props: SectionsProps): ReactElement {
  const { filing, identity, faults, slots, cites, onChange, panel: Panel } = props;
  const t = useText();
  const cited = useCited(cites);
  const computed = useComputed(filing, identity.party.uscc, cited);
  const methodology = useMethodology(cited);
  const specs = figuresAskedOf(filing, identity.party.uscc, methodology);
  const fields = [...fieldsOfType(filing.type), ...factsAskedOf(filing, methodology)];
  return (
    <>
      <StandingNote filing={filing} onChange={onChange} />
      <h2>{t('二、内容', '2. Content')}</h2>
      <ContentFile
        type={filing.type}
        onRead={(content) => {
          onChange({ ...filing, content });
        }}
      />
      {Panel !== null && <Panel filing={filing} onChange={onChange} />}
      <Fields
        fields={fields}
        path={[]}
        content={filing.content}
        faults={faults}
        example={recordTypes[filing.type].example}
        onChange={(path, value) => {
          onChange({ ...filing, content: withValue(filing.content, path, value) });
        }}
      />
      <Names slots={slots} cites={cites} documents={filing.documents} />
      <h2>{t('三、引用', '3. Rests on')}</h2>
      {slots === undefined ? (
        <p className="quiet">
          {t(
            '填明主体与时期后，在此列出可引用的记录。',
            'What can be cited is listed here once it is said what this is about.',
          )}
        </p>
      ) : (
        <CitationsForm
          own={{ ...filing.subject, kind: filing.kind }}
          slots={slots}
          cites={cites}
          onChange={(role, ids) => {
            onChange({ ...filing, cites: { ...filing.cites, [role]: ids } });
          }}
        />
      )}
      <h2>{t('四、数据项', '4. Figures')}</h2>
      <FiguresForm
        specs={specs}
        filing={filing}
        computed={computedOf(computed)}
        faults={faults}
        onChange={(figures) => {
          onChange(changeFigures(filing, figures));
        }}
      />
      <h2>{t('五、文件', '5. Files')}</h2>
      <DocumentsForm
        documents={filing.documents}
        role={filing.type === 'test-report' ? 'report' : 'evidence'}
        onChange={(change) => {
          onChange((now) => changeDocuments(now, change(now.documents)));
        }}
      />
    </>
  );
}

/** What follows by a formula; what was stated is not shown twice. */
function computedOf(built: ReturnType<typeof useComputed>): ReadonlyMap<string, ComputedFigure> {
  if (built === undefined) return new Map();
  const totals = Object.entries(built.record.totals).map(([name, total]) => ({ name, ...total }));
  const all = [...totals, ...built.figures].filter(({ formula }) => formula !== undefined);
  return new Map(all.map(({ name, value, formula }) => [name, { value, formula }]));
}

interface StandingProps {
  readonly filing: Filing;
  readonly onChange: (filing: Filing) => void;
}

/** Where something stands at this key already, the next version goes on from it. */
function StandingNote({ filing, onChange }: StandingProps): ReactElement | null {
  const t = useText();
  const standing = useStanding(keyOf(filing));
  if (standing === null || standing === undefined || standing.record.version < filing.version) return null;
  const version = String(standing.record.version);
  return (
    <p className="notice">
      {t(`此处已有第 ${version} 版：`, `Version ${version} stands here already: `)}
      <Link href={`/records/${standing.id}`}>{t('查看', 'see it')}</Link>{' '}
      <button
        type="button"
        className="plain"
        onClick={() => {
          onChange(goingOnFrom(standing.record, standing.figures ?? [], filing));
        }}
      >
        {t('以它为基础填报下一版', 'Go on from it with the next version')}
      </button>
    </p>
  );
}
