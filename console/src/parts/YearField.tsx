import type { ReactElement } from 'react';
import { useText } from '../app/language-context';

interface YearFieldProps {
  readonly year: string;
  readonly onChange: (year: string) => void;
}

/** The report year of a public list. */
export function YearField({ year, onChange }: YearFieldProps): ReactElement {
  const t = useText();
  return (
    <div className="row no-print" role="search">
      <label htmlFor="list-year">
        <span>{t('年度', 'Year')}</span>
        <input
          id="list-year"
          type="number"
          min={2019}
          max={2099}
          value={year}
          onChange={({ target }) => {
            onChange(target.value);
          }}
        />
      </label>
    </div>
  );
}
