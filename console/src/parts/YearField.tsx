import type { ReactElement } from 'react';
import { useText } from '../app/language-context';

interface YearFieldProps {
  readonly year: string;
  readonly onChange: (year: string) => void;
}

interface YearInputProps extends YearFieldProps {
  readonly id: string;
  /** Default: 年度, Year. */
  readonly label?: string;
}

/** A year among other fields. */
export function YearInput({ id, label, year, onChange }: YearInputProps): ReactElement {
  const t = useText();
  return (
    <label htmlFor={id}>
      <span>{label ?? t('年度', 'Year')}</span>
      <input
        id={id}
        type="number"
        min={2019}
        max={2099}
        value={year}
        onChange={({ target }) => {
          onChange(target.value);
        }}
      />
    </label>
  );
}

/** The report year of a public list. */
export function YearField(props: YearFieldProps): ReactElement {
  return (
    <div className="row no-print" role="search">
      <YearInput id="list-year" {...props} />
    </div>
  );
}
