import type { FieldFinding } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useSession } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { useDrafts } from '../drafts/use-drafts';
import { findingAddress, findingFiling } from './finding-draft';
import { findingTypes } from './findings';

type Stated = Pick<FieldFinding, 'key' | 'record'> & Partial<FieldFinding>;

/** Opens the form of a finding with all that is known: for whoever may file one. */
export function NoteFinding({
  stated,
  label,
}: {
  readonly stated: Stated;
  readonly label: string;
}): ReactElement | null {
  const t = useText();
  const { identity } = useSession();
  const drafts = useDrafts();
  const [, go] = useLocation();
  if (identity === undefined || drafts === undefined) return null;
  if (!findingTypes(identity.party.kind).some(({ type }) => type === 'finding')) return null;
  const note = async (): Promise<void> => {
    const address = findingAddress(stated);
    const value = findingFiling(stated, identity.party);
    await drafts.save({ address, title: t('检查问题', 'Finding'), savedAt: new Date().toISOString(), value });
    go(address);
  };
  return (
    <button
      type="button"
      className="plain no-print"
      aria-label={`${t('记为发现', 'Note a finding')} ${label}`}
      onClick={() => void note()}
    >
      {t('记为发现', 'Note a finding')}
    </button>
  );
}
