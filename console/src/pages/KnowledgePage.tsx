import { methodologySchema } from '@carbon-ledger/core';
import { useDeferredValue, useMemo, type ReactElement } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useAsk } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { formulaEntries, ownEntries, search, sections, type Entry, type Section } from '../knowledge/entries';
import { useTitle } from '../parts/use-title';
import type { Words } from '../language/language';
import { counted } from '../words/counted';

/** Terms, kinds of record, screening rules, formulas in force, errors: searched here, in this page. */
export function KnowledgePage(): ReactElement {
  const t = useText();
  useTitle(t('知识库', 'Knowledge base'));
  const question = new URLSearchParams(useSearch()).get('q') ?? '';
  const asked = useDeferredValue(question);
  const entries = useEntries();
  const found = useMemo(() => search(entries, asked), [entries, asked]);
  const [, go] = useLocation();
  return (
    <>
      <h1>{t('知识库', 'Knowledge base')}</h1>
      <div className="row" role="search">
        <label htmlFor="question" className="wide">
          <span>
            {t(
              '查找工作、术语、记录、字段、状态、规则、公式、错误代码',
              'Jobs, terms, records, fields, states, rules, formulas, errors',
            )}
          </span>
          <input
            type="search"
            id="question"
            value={question}
            onChange={({ target: { value } }) => {
              go(value === '' ? '/knowledge' : `/knowledge?q=${encodeURIComponent(value)}`, { replace: true });
            }}
          />
        </label>
      </div>
      <p className="quiet" aria-live="polite">
        {t(`${String(found.length)} 条`, counted(found.length, 'entry', 'entries'))}
      </p>
      {sections.map((section) => (
        <SectionView key={section} section={section} entries={found.filter((entry) => entry.section === section)} />
      ))}
    </>
  );
}

function useEntries(): readonly Entry[] {
  const { data } = useAsk(['methodologies'], (client) => client.records({ type: 'methodology', status: 'current' }));
  return useMemo(() => {
    const formulas = (data?.items ?? []).flatMap(({ record }) => {
      const methodology = methodologySchema.safeParse(record.content);
      return methodology.success ? formulaEntries(methodology.data) : [];
    });
    return [...ownEntries(), ...formulas];
  }, [data]);
}

const titles: Readonly<Record<Section, Words>> = {
  job: { zh: '工作', en: 'Jobs' },
  term: { zh: '术语', en: 'Terms' },
  record: { zh: '记录', en: 'Records' },
  field: { zh: '字段', en: 'Fields' },
  state: { zh: '状态', en: 'States' },
  rule: { zh: '筛查规则', en: 'Screening rules' },
  formula: { zh: '数据项与公式', en: 'Figures and formulas' },
  error: { zh: '错误代码', en: 'Error codes' },
};

interface SectionProps {
  readonly section: Section;
  readonly entries: readonly Entry[];
}

function SectionView({ section, entries }: SectionProps): ReactElement | null {
  const words = useWords();
  if (entries.length === 0) return null;
  return (
    <section>
      <h2>{words(titles[section])}</h2>
      <dl className="entries">
        {entries.map((entry, at) => (
          <EntryView key={`${entry.code} ${String(at)}`} entry={entry} />
        ))}
      </dl>
    </section>
  );
}

function EntryView({ entry }: { readonly entry: Entry }): ReactElement {
  const { language } = useLanguage();
  const t = useText();
  const { code, name, text, details, place } = entry;
  return (
    <>
      <dt>
        {name[language]} {code !== '' && code !== name[language] && <code>{code}</code>}
      </dt>
      <dd>
        {text[language]}
        {details
          .map((detail) => detail[language])
          .filter((detail) => detail !== '')
          .map((detail) => (
            <div key={detail} className="quiet">
              {detail}
            </div>
          ))}
        {place !== undefined && (
          <div>
            <a href={place} aria-label={t(`前往：${name.zh}`, `Go there: ${name.en} ${code}`)}>
              {t('前往', 'Go there')}
            </a>
          </div>
        )}
      </dd>
    </>
  );
}
