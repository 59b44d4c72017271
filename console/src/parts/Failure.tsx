import { catalogue, isErrorCode, isLedgerError, type ErrorCode } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { useLanguage, useText } from '../app/language-context';
import { TableHead } from './TableHead';

function codeOf(error: unknown): ErrorCode {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return isErrorCode(code) ? code : 'INTERNAL';
}

/** What went wrong, where, and what to do: every fault that the service named. */
export function Failure({ error }: { readonly error: unknown }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const code = codeOf(error);
  const entry = catalogue[code];
  const faults = isLedgerError(error) ? error.faults : [];
  const message = error instanceof Error ? error.message : '';
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{entry[language]}</strong> <a href={`/knowledge?q=${code}`}>{code}</a>
      </p>
      {message !== '' && message !== entry.en && <p lang="en">{message}</p>}
      <p>{language === 'en' ? entry.cure : entry.cureZh}</p>
      {faults.length > 0 && (
        <table className="data">
          <TableHead titles={[t('位置', 'Place'), t('代码', 'Code'), t('说明', 'What is wrong')]} />
          <tbody>
            {faults.map((fault) => (
              <tr key={`${fault.path} ${fault.code} ${fault.message}`}>
                <td>{fault.path}</td>
                <td>
                  {fault.code} <span className="quiet">{catalogue[fault.code][language]}</span>
                </td>
                <td lang="en">{fault.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
