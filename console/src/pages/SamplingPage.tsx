import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useAsk, useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import type { Identity } from '../keys/session';
import { withParameters } from '../lists/view-state';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { PlantYearChoice } from '../parts/PlantYearChoice';
import { useTitle } from '../parts/use-title';
import { SignInFirst } from '../parts/SignInLink';
import { Sample, type SampleAsked } from '../sampling/Sample';
import { frameOf } from '../sampling/sample';
import { unitWords } from '../words/record-words';

async function monthsOf(client: LedgerClient, { uscc, year }: SampleAsked): Promise<AnchoredRecordView[]> {
  const found: AnchoredRecordView[] = [];
  const query = { party: uscc, type: 'monthly-evidence', status: 'current', limit: 500 } as const;
  for await (const view of client.allRecords(query)) if (view.record.subject.period.startsWith(year)) found.push(view);
  return found;
}

function askedOf(search: string): SampleAsked {
  const asked = new URLSearchParams(search);
  return {
    uscc: asked.get('uscc') ?? '',
    year: asked.get('year') ?? '2024',
    unit: asked.get('unit') ?? '',
    of: asked.get('of') === 'documents' ? 'documents' : 'months',
  };
}

/** 抽样: which months or documents a verifier looks at closely, drawn by a seed that anybody can draw with again. */
export function SamplingPage(): ReactElement {
  const t = useText();
  useTitle(t('抽样', 'Sampling'));
  const { identity } = useSession();
  const asked = askedOf(useSearch());
  return (
    <>
      <h1>{t('抽样', 'Sampling')}</h1>
      <p className="lead">
        {t(
          '从年度报告所依据的月度存证或材料中抽取样本。种子在本机随机产生，随核查结论公开：任何人用同一种子和规则可复算，抽中项不能事后挑选。',
          'Draw a sample from the months of a report, or from their documents. The seed is drawn on this computer and published with the conclusion: anybody draws the same again, and nothing can be picked afterwards.',
        )}
      </p>
      {identity === undefined ? (
        <SignInFirst />
      ) : (
        <>
          <PlantYearChoice path="/sampling" uscc={asked.uscc} year={asked.year} />
          {asked.uscc !== '' && <OfPlant key={`${asked.uscc} ${asked.year}`} asked={asked} identity={identity} />}
        </>
      )}
    </>
  );
}

interface PlantProps {
  readonly asked: SampleAsked;
  readonly identity: Identity;
}

function OfPlant({ asked, identity }: PlantProps): ReactElement {
  const t = useText();
  const { data, error } = useAsk(['sampled', asked.uscc, asked.year], (client) => monthsOf(client, asked), {
    enabled: /^\d{4}$/.test(asked.year),
  });
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  if (data.length === 0)
    return <p>{t('该企业该年没有您可见的月度存证。', 'No months of this plant and year are open to you.')}</p>;
  const units = [...new Set(data.map(({ record }) => record.subject.unit))].sort();
  const unit = units.includes(asked.unit) ? asked.unit : (units[0] ?? '');
  const views = unit === 'PLANT' ? data : data.filter(({ record }) => record.subject.unit === unit);
  const frame = frameOf(views, asked.of);
  return (
    <>
      <Scope asked={{ ...asked, unit }} units={units} />
      {frame.length === 0 ? (
        <p>{t('没有可抽取的项。', 'There is nothing to draw from.')}</p>
      ) : (
        <Sample key={`${unit} ${asked.of}`} asked={{ ...asked, unit }} frame={frame} identity={identity} />
      )}
    </>
  );
}

function Scope({ asked, units }: { readonly asked: SampleAsked; readonly units: readonly string[] }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const search = useSearch();
  const [, go] = useLocation();
  const choose = (change: Readonly<Record<string, string>>): void => {
    go(`/sampling?${withParameters(search, change)}`, { replace: true });
  };
  return (
    <div className="row no-print">
      <label htmlFor="sample-unit">
        <span>{t('机组', 'Unit')}</span>
        <select
          id="sample-unit"
          value={asked.unit}
          onChange={({ target }) => {
            choose({ unit: target.value });
          }}
        >
          {units.map((unit) => (
            <option key={unit} value={unit}>
              {unitWords(unit, language)}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor="sample-of">
        <span>{t('抽样对象', 'Drawn from')}</span>
        <select
          id="sample-of"
          value={asked.of}
          onChange={({ target }) => {
            choose({ of: target.value });
          }}
        >
          <option value="months">{t('月度存证', 'Months')}</option>
          <option value="documents">{t('材料', 'Documents')}</option>
        </select>
      </label>
    </div>
  );
}
