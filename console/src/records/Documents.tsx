import type { LedgerRecord } from '@carbon-ledger/core';
import { lazy, Suspense, type ReactElement } from 'react';
import { Link } from 'wouter';
import { useText, useWords } from '../app/language-context';
import { useSession } from '../app/ledger-hooks';
import { TableHead } from '../parts/TableHead';
import { documentRoleWords } from '../words/code-words';

const OpenCells = lazy(() => import('./OpenCells'));

/** Files that the record names: they lie with whoever made it; here stand their digests. */
export function Documents({ record }: { readonly record: LedgerRecord }): ReactElement {
  const t = useText();
  const words = useWords();
  const { identity } = useSession();
  return (
    <>
      <h2>{t('文件', 'Documents')}</h2>
      {record.documents.length === 0 && <p className="quiet">{t('没有登记文件。', 'No files are named.')}</p>}
      {record.documents.length > 0 && (
        <div className="scroll">
          <table className="data">
            <TableHead
              titles={[
                t('文件名', 'Name'),
                t('用途', 'Role'),
                t('摘要', 'Digests'),
                { action: t('同一文件', 'Same file') },
              ]}
            />
            <tbody>
              {record.documents.map((document) => (
                <tr key={`${document.name} ${document.sha256}`}>
                  <th scope="row">{document.name}</th>
                  <td>{words(documentRoleWords(document.role))}</td>
                  <td>
                    <code>{document.sha256}</code>
                    <br />
                    <code>{document.sm3}</code>
                    {document.cells !== undefined && record.issuer === identity?.party.uscc && (
                      <Suspense>
                        <OpenCells document={document} />
                      </Suspense>
                    )}
                  </td>
                  <td className="no-print">
                    <Link
                      href={`/records?document=${document.sha256}`}
                      aria-label={t(`查找登记了 ${document.name} 的记录`, `Find records that name ${document.name}`)}
                    >
                      {t('查找', 'Find')}
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p>
        <a href="/check">{t('核验手中的文件', 'Check a file that you have')}</a>
      </p>
    </>
  );
}
