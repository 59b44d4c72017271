import { useQueryClient } from '@tanstack/react-query';
import type { SubmissionStatus } from '@carbon-ledger/client-sdk';
import { useState, type ReactElement } from 'react';
import { useLocation, useSearch } from 'wouter';
import { holdsRegion, type BuiltRecord } from '@carbon-ledger/core';
import { useAsk, useParties, useSession } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { AllocationTable } from '../allocation/AllocationTable';
import { allocationLines, type Phase } from '../allocation/lines';
import { Anchored } from '../filing/parts/Anchored';
import { SignPanel } from '../filing/parts/SignPanel';
import type { Identity } from '../keys/session';
import { withParameters } from '../lists/view-state';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';
import { YearInput } from '../parts/YearField';
import { SignInFirst } from '../parts/SignInLink';

interface Asked {
  readonly year: string;
  readonly phase: Phase;
}

function askedOf(search: string): Asked {
  const asked = new URLSearchParams(search);
  return { year: asked.get('year') ?? '2024', phase: asked.get('phase') === 'pre' ? 'pre' : 'final' };
}

/** 配额分配: what was determined for each unit and plant of a province, what the rules give, and all that is ready issued at once. */
export function AllocationPage(): ReactElement {
  const t = useText();
  useTitle(t('配额分配', 'Allocation'));
  const { identity } = useSession();
  const asked = askedOf(useSearch());
  return (
    <>
      <h1>{t('配额分配', 'Allocation')}</h1>
      <Choice asked={asked} />
      {identity === undefined ? (
        <SignInFirst />
      ) : (
        <Desk key={`${asked.year} ${asked.phase}`} asked={asked} identity={identity} />
      )}
    </>
  );
}

function Choice({ asked }: { readonly asked: Asked }): ReactElement {
  const t = useText();
  const search = useSearch();
  const [, go] = useLocation();
  const choose = (change: Readonly<Record<string, string>>): void => {
    go(`/allocation?${withParameters(search, change)}`, { replace: true });
  };
  return (
    <div className="row no-print" role="search">
      <YearInput
        id="allocation-year"
        year={asked.year}
        onChange={(year) => {
          choose({ year });
        }}
      />
      <label htmlFor="allocation-phase">
        <span>{t('阶段', 'Phase')}</span>
        <select
          id="allocation-phase"
          value={asked.phase}
          onChange={({ target }) => {
            choose({ phase: target.value });
          }}
        >
          <option value="pre">{t('预分配', 'Pre-allocation')}</option>
          <option value="final">{t('核定', 'Final determination')}</option>
        </select>
      </label>
    </div>
  );
}

function Desk({ asked, identity }: { readonly asked: Asked; readonly identity: Identity }): ReactElement {
  const t = useText();
  const parties = useParties();
  const queries = useQueryClient();
  const [records, setRecords] = useState<readonly BuiltRecord[]>();
  const [status, setStatus] = useState<SubmissionStatus>();
  const held = identity.party.region;
  const own = new Set(
    (parties.data ?? [])
      .filter(({ kind, region }) => kind === 'enterprise' && holdsRegion(held, region))
      .map(({ uscc }) => uscc),
  );
  const { data, error } = useAsk(
    ['allocation', asked.year, asked.phase],
    (client) => allocationLines(client, asked, (uscc) => own.has(uscc)),
    { enabled: parties.data !== undefined && /^\d{4}$/.test(asked.year) },
  );
  if (status !== undefined) return <Anchored status={status} />;
  if (records !== undefined)
    return (
      <SignPanel
        records={records}
        onBack={() => {
          setRecords(undefined);
        }}
        onDone={(done) => {
          void queries.invalidateQueries();
          setStatus(done);
        }}
        onRefused={() => undefined}
      />
    );
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  if (data.length === 0)
    return <p>{t('本地区该年没有可分配的机组。', 'There is no unit of this region and year to allocate to.')}</p>;
  return <AllocationTable lines={data} asked={asked} onIssue={setRecords} />;
}
