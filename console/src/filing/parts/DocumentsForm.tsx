import type { DocumentRef } from '@carbon-ledger/core';
import { useState, type ReactElement } from 'react';
import { useSession } from '../../app/ledger-hooks';
import { useLanguage, useText } from '../../app/language-context';
import type { DroppedFile } from '../../files/dropped';
import { hashFile } from '../../files/hasher';
import { DropBox } from '../../parts/DropBox';
import { TableHead } from '../../parts/TableHead';
import { useWork } from '../../parts/use-work';
import { WorkStatus } from '../../parts/WorkStatus';
import { documentRoleChoices, documentRoleWords } from '../../words/code-words';
import { documentWithCells, hashAll, withDocuments } from '../documents';
import { meansOf } from '../prepare-filing';

interface DocumentsFormProps {
  readonly documents: readonly DocumentRef[];
  /** Role that new files get. */
  readonly role: string;
  /** What is read takes its time: it joins what stands there when it is done. */
  readonly onChange: (change: (documents: readonly DocumentRef[]) => readonly DocumentRef[]) => void;
}

/** Files that the record names. They are hashed here and stay here. */
export function DocumentsForm({ documents, role, onChange }: DocumentsFormProps): ReactElement {
  const t = useText();
  const state = useSession();
  const [unread, setUnread] = useState<readonly string[]>([]);
  const work = useWork();
  const take = (files: readonly DroppedFile[]): void => {
    const label = t('正在计算摘要', 'Hashing');
    work.start(label, async ({ signal, tell }) => {
      setUnread([]);
      const hashed = await hashAll(files, (file) => hashFile(file), {
        onProgress: ({ done, total }) => {
          tell(label, done, total);
        },
        onFailure: (path) => {
          setUnread((known) => [...known, path]);
        },
        signal,
      });
      const seedOf = (sha256: string): Promise<string> => meansOf(state).keys.cellsSeed(sha256);
      const more = await Promise.all(hashed.map((one) => documentWithCells(one.file, one.hashed, role, seedOf)));
      signal.throwIfAborted();
      onChange((known) => withDocuments(known, more));
    });
  };
  return (
    <>
      <DropBox id="filing-documents" multiple folder label={t('选择文件', 'Choose files')} onFiles={take}>
        {t(
          '或把文件、文件夹拖到这里。只登记摘要，文件不离开本机。',
          'or drop files or a folder here. Only digests are named; the files stay on this computer.',
        )}
      </DropBox>
      <WorkStatus work={work} said={{ cancelled: t('已取消，没有登记新的文件。', 'Cancelled: no file was added.') }} />
      {unread.length > 0 && (
        <p className="bad" role="alert">
          {t('无法读取：', 'Cannot be read: ')}
          {unread.join(' ')}
        </p>
      )}
      {documents.length > 0 && <DocumentTable documents={documents} onChange={onChange} />}
    </>
  );
}

function DocumentTable({ documents, onChange }: Pick<DocumentsFormProps, 'documents' | 'onChange'>): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  return (
    <div className="scroll">
      <table className="data">
        <TableHead
          titles={[t('文件名', 'Name'), t('用途', 'Role'), t('摘要', 'Digest'), { action: t('操作', 'Action') }]}
        />
        <tbody>
          {documents.map((document) => (
            <tr key={`${document.role} ${document.sha256}`}>
              <th scope="row">{document.name}</th>
              <td>
                <select
                  aria-label={t(`${document.name} 的用途`, `Role of ${document.name}`)}
                  value={document.role}
                  onChange={({ target: { value } }) => {
                    onChange((known) => known.map((one) => (one === document ? { ...one, role: value } : one)));
                  }}
                >
                  {[...new Set([document.role, ...documentRoleChoices])].map((role) => (
                    <option key={role} value={role}>
                      {documentRoleWords(role)[language]}
                    </option>
                  ))}
                </select>
              </td>
              <td>
                <code>{document.sha256.slice(0, 23)}…</code>
              </td>
              <td className="no-print">
                <button
                  type="button"
                  className="plain"
                  aria-label={t(`移除 ${document.name}`, `Remove ${document.name}`)}
                  onClick={() => {
                    onChange((known) => known.filter((one) => one !== document));
                  }}
                >
                  {t('移除', 'Remove')}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
