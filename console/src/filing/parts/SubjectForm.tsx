import { recordTypes, type RecordType, type Subject } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { useParties } from '../../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../../app/language-context';
import { isAboutItself, labelsFor, type Filer, type Filing } from '../draft';
import { useUnits } from '../use-units';
import { labelWords } from '../../words/code-words';

interface SubjectFormProps {
  readonly filing: Filing;
  readonly filer: Filer;
  readonly onChange: (change: Partial<Pick<Filing, 'kind' | 'subject'>>) => void;
}

/** What the record is about: whose, which unit, which period, and which of the type's kinds. */
export function SubjectForm({ filing, filer, onChange }: SubjectFormProps): ReactElement {
  const { type, subject } = filing;
  const spec = recordTypes[type];
  const set = (change: Partial<Subject>): void => {
    onChange({ subject: { ...subject, ...change } });
  };
  return (
    <div className="fields">
      <KindField filing={filing} filer={filer} onChange={onChange} />
      <PartyField filing={filing} filer={filer} onChange={set} />
      {spec.unit !== 'none' && spec.unit !== 'plant' && <UnitField filing={filing} onChange={set} />}
      {spec.period !== 'none' && <PeriodField filing={filing} onChange={set} />}
    </div>
  );
}

/** What the label is asked for by, and how it is written: one that says nothing of its own tells several records of one period apart. */
function labelTexts(
  { title, hint }: NonNullable<(typeof recordTypes)[RecordType]['labels']>,
  t: ReturnType<typeof useText>,
  words: ReturnType<typeof useWords>,
): readonly [title: string, hint: string | undefined] {
  if (title !== undefined) return [words(title), hint && words(hint)];
  return [
    t('区分名称', 'Name that tells it apart'),
    t('同一主体同一时期有多份时，用来区分；字母、数字', 'where there are several of one period: letters and digits'),
  ];
}

function KindField({ filing, filer, onChange }: SubjectFormProps): ReactElement | null {
  const t = useText();
  const { language } = useLanguage();
  const words = useWords();
  const { labels } = recordTypes[filing.type];
  if (labels === undefined) return null;
  const chosen = filing.kind === filing.type ? '' : filing.kind.slice(filing.type.length + 1);
  const names = labelsFor(filing.type, filer.kind);
  const [title, hint] = names.length > 0 ? [t('类别', 'Kind')] : labelTexts(labels, t, words);
  const set = (label: string): void => {
    onChange({ kind: label === '' ? filing.type : `${filing.type}.${label}` });
  };
  return (
    <div className="field">
      <label htmlFor="filing-label">
        {title}
        {labels.required !== true && <span className="quiet"> {t('（可不填）', '(optional)')}</span>}
      </label>
      {names.length > 0 ? (
        <select
          id="filing-label"
          value={chosen}
          onChange={(event) => {
            set(event.target.value);
          }}
        >
          {labels.required !== true && <option value="">{t('无', 'None')}</option>}
          {[...new Set([...names, ...(chosen === '' ? [] : [chosen])])].map((name) => (
            <option key={name} value={name}>
              {labelWords(name)[language]}
            </option>
          ))}
        </select>
      ) : (
        <input
          id="filing-label"
          aria-describedby="filing-label-hint"
          value={chosen}
          onChange={(event) => {
            set(event.target.value.trim());
          }}
        />
      )}
      {hint !== undefined && (
        <span id="filing-label-hint" className="quiet">
          {hint}
        </span>
      )}
    </div>
  );
}

interface PartProps {
  readonly filing: Filing;
  readonly onChange: (change: Partial<Subject>) => void;
}

function PartyField({ filing, filer, onChange }: PartProps & { readonly filer: Filer }): ReactElement {
  const t = useText();
  const { data = [] } = useParties();
  const isOwn = isAboutItself(filing.type, filer.kind);
  const name = data.find(({ uscc }) => uscc === filing.subject.uscc)?.name ?? '';
  return (
    <div className="field">
      <label htmlFor="filing-party">{t('主体（统一社会信用代码）', 'About (USCC)')}</label>
      <input
        id="filing-party"
        list="party-codes"
        readOnly={isOwn}
        autoComplete="off"
        aria-describedby="filing-party-name"
        value={filing.subject.uscc}
        onChange={(event) => {
          onChange({ uscc: event.target.value.trim().toUpperCase(), unit: filing.subject.unit });
        }}
      />
      <span id="filing-party-name" className="quiet">
        {/* Its line is kept until the name is known: what stands below does not move. */}
        {name === '' ? '\u00A0' : name}
      </span>
      <datalist id="party-codes">
        {data.map((party) => (
          <option key={party.uscc} value={party.uscc}>
            {party.name}
          </option>
        ))}
      </datalist>
    </div>
  );
}

function UnitField({ filing, onChange }: PartProps): ReactElement {
  const t = useText();
  const { uscc, unit } = filing.subject;
  const units = useUnits(uscc);
  const isAny = recordTypes[filing.type].unit === 'any';
  const ids = units.map(({ id }) => id);
  const choices = [...ids, ...(recordTypes[filing.type].unit === 'unit' ? [] : ['PLANT']), ...(isAny ? ['-'] : [])];
  return (
    <div className="field">
      <label htmlFor="filing-unit">{t('机组（产线）', 'Unit')}</label>
      <input
        id="filing-unit"
        list="unit-choices"
        autoComplete="off"
        value={unit}
        placeholder={choices.join(' · ')}
        onChange={(event) => {
          onChange({ unit: event.target.value.trim() });
        }}
      />
      <datalist id="unit-choices">
        {choices.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </div>
  );
}

function PeriodField({ filing, onChange }: PartProps): ReactElement {
  const t = useText();
  const { period } = recordTypes[filing.type];
  const isMonth = period === 'month';
  return (
    <div className="field">
      <label htmlFor="filing-period">{isMonth ? t('月份', 'Month') : t('时期', 'Period')}</label>
      <input
        id="filing-period"
        type={isMonth ? 'month' : 'text'}
        placeholder={period === 'year' ? '2024' : '2024-09'}
        value={filing.subject.period}
        onChange={(event) => {
          onChange({ period: event.target.value.trim() });
        }}
      />
    </div>
  );
}
