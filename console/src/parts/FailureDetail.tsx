import { catalogue, isLedgerError } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { useLanguage, useText } from '../app/language-context';
import { placeWords } from '../words/place-words';
import type { FailureProps } from './Failure';
import { Detail, FaultText } from './Faults';
import { TableHead } from './TableHead';

/** What was said here beside the words of the code, and every fault at its place. */
export default function FailureDetail({
  error,
  of,
  known,
}: FailureProps & { /** What the catalogue says already. */ readonly known: string }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const faults = isLedgerError(error) ? error.faults : [];
  const message = error instanceof Error ? error.message : '';
  return (
    <>
      {message !== '' && message !== known && <Detail message={message} />}
      {faults.length > 0 && (
        <table className="data">
          <TableHead titles={[t('位置', 'Place'), t('代码', 'Code'), t('说明', 'What is wrong')]} />
          <tbody>
            {faults.map((fault) => (
              <tr key={`${fault.path} ${fault.code} ${fault.message}`}>
                <td>{of === undefined ? fault.path : placeWords(of, fault.path, language)}</td>
                <td>
                  {fault.code} <span className="quiet">{catalogue[fault.code][language]}</span>
                </td>
                <td>
                  <FaultText fault={fault} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
