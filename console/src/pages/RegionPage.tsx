import type { ReactElement } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useAsk, useSession } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { withParameters } from '../lists/view-state';
import { Failure } from '../parts/Failure';
import { typedText } from '../parts/form-text';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';
import { SignInFirst } from '../parts/SignInLink';
import { CompletenessView } from '../region/Completeness';
import { plantsOfRegion, type RegionAsked } from '../region/read-region';
import { ScreeningView } from '../region/Screening';
import { regionCode, unitLines } from '../region/summary';

/** An authority's region in one view: what is there, what came late, what the rules ask, where default values stand. */
export function RegionPage(): ReactElement {
  const t = useText();
  useTitle(t('地区总览', 'Region'));
  const { identity } = useSession();
  const search = useSearch();
  const asked = new URLSearchParams(search);
  const region = asked.get('region') ?? regionCode(identity?.party.region ?? '');
  const year = asked.get('year') ?? '2024';
  return (
    <>
      <h1>{t('地区总览', 'Region')}</h1>
      <Choice key={`${region} ${year}`} region={region} year={year} />
      {identity === undefined ? <SignInFirst /> : <Region region={region} year={year} />}
    </>
  );
}

function Choice({ region, year }: RegionAsked): ReactElement {
  const t = useText();
  const search = useSearch();
  const [, go] = useLocation();
  return (
    <form
      className="row no-print"
      role="search"
      aria-label={t('地区与年度', 'Region and year')}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const asked = { region: typedText(form, 'region').trim(), year: typedText(form, 'year'), rule: undefined };
        // An empty region is asked for too: it is the whole country, not the region of whoever asks.
        const next = withParameters(search, asked);
        go(`/region?${asked.region === '' ? `region=&${next}` : next}`, { replace: true });
      }}
    >
      <label htmlFor="region">
        <span>{t('行政区划代码前几位（空为全国）', 'First digits of the region (empty: all)')}</span>
        <input id="region" name="region" type="text" inputMode="numeric" pattern="[0-9]{2,6}" defaultValue={region} />
      </label>
      <label htmlFor="region-year">
        <span>{t('年度', 'Year')}</span>
        <input id="region-year" name="year" type="number" min={2019} max={2099} defaultValue={year} required />
      </label>
      <button type="submit" className="button">
        {t('查看', 'Look')}
      </button>
    </form>
  );
}

function Region(asked: RegionAsked): ReactElement {
  const { region, year } = asked;
  const { data, error } = useAsk(['completeness', region, year], (client) => plantsOfRegion(client, asked));
  return (
    <>
      {error !== null && <Failure error={error} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && <CompletenessView lines={unitLines(data)} />}
      {data !== undefined && data.length > 0 && <ScreeningView {...asked} />}
    </>
  );
}
