import type { ReactElement, ReactNode } from 'react';

/** Terms with what is said of them, each term once. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }): ReactElement {
  return (
    <dl className="facts">
      {rows.map(([term, value]) => (
        <div key={term} className="pair">
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
