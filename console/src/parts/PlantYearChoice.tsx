import type { ReactElement } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useParties } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { withParameters } from '../lists/view-state';
import { YearInput } from './YearField';

interface ChoiceProps {
  /** The page whose address says what is chosen. */
  readonly path: string;
  readonly uscc: string;
  readonly year: string;
}

/** Which enterprise and which year a page is about; both stand in its address. */
export function PlantYearChoice({ path, uscc, year }: ChoiceProps): ReactElement {
  const t = useText();
  const search = useSearch();
  const [, go] = useLocation();
  const { data = [] } = useParties();
  const set = (next: Readonly<Record<string, string>>): void => {
    go(`${path}?${withParameters(search, next)}`, { replace: true });
  };
  return (
    <div className="row no-print" role="search">
      <label htmlFor="choice-party">
        <span>{t('企业', 'Enterprise')}</span>
        <select
          id="choice-party"
          className="filled-later"
          value={uscc}
          onChange={({ target }) => {
            set({ uscc: target.value });
          }}
        >
          <option value="">{t('请选择', 'Choose')}</option>
          {data
            .filter(({ kind }) => kind === 'enterprise')
            .map((party) => (
              <option key={party.uscc} value={party.uscc}>
                {party.name}
              </option>
            ))}
        </select>
      </label>
      <YearInput
        id="choice-year"
        year={year}
        onChange={(chosen) => {
          set({ year: chosen });
        }}
      />
    </div>
  );
}
