import type { ReactElement } from 'react';

/** Title of a column; `number` stands at the right, over its digits, and what one can only press under `action` is not printed. */
export type ColumnTitle = string | { readonly number: string } | { readonly action: string };

function titleOf(title: ColumnTitle): readonly [words: string, look: { readonly className?: string }] {
  if (typeof title === 'string') return [title, {}];
  return 'number' in title ? [title.number, { className: 'number' }] : [title.action, { className: 'no-print' }];
}

export function TableHead({ titles }: { readonly titles: readonly ColumnTitle[] }): ReactElement {
  return (
    <thead>
      <tr>
        {titles.map(titleOf).map(([words, look]) => (
          <th key={words} scope="col" {...look}>
            {words}
          </th>
        ))}
      </tr>
    </thead>
  );
}
