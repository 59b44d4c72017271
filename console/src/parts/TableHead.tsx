import type { ReactElement } from 'react';

/** Title of a column; `number` stands at the right, over its digits. */
export type ColumnTitle = string | { readonly number: string };

export function TableHead({ titles }: { readonly titles: readonly ColumnTitle[] }): ReactElement {
  return (
    <thead>
      <tr>
        {titles.map((title) =>
          typeof title === 'string' ? (
            <th key={title} scope="col">
              {title}
            </th>
          ) : (
            <th key={title.number} scope="col" className="number">
              {title.number}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}
