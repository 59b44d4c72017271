import type { DocumentRef } from '@carbon-ledger/core';
import { useRef, useState, type ReactElement } from 'react';
import { useSession } from '../../app/ledger-hooks';
import { useLanguage, useText } from '../../app/language-context';
import type { DroppedFile } from '../../files/dropped';
import { hashFile } from '../../files/hasher';
import { DropBox } from '../../parts/DropBox';
import { Progress } from '../../parts/Progress';
import { TableHead } from '../../parts/TableHead';
import { documentRoleChoices, documentRoleWords } from '../../words/code-words';
import { documentWithCells, hashAll, withDocuments, type Hashing } from '../documents';
import { meansOf } from '../prepare-filing';

interface DocumentsFormProps {
  readonly documents: readonly DocumentRef[];
  /** Role that new files get. */
  readonly role: string;
  readonly onChange: (documents: readonly DocumentRef[]) => void;
}

/** Files that the record names. They are hashed here and stay here. */
export function DocumentsForm({ documents, role, onChange }: DocumentsFormProps): ReactElement {
  const t = useText();
  const state = useSession();
  const [progress, setProgress] = useState<Hashing>();
  const [unread, setUnread] = useState<readonly string[]>([]);
  const stop = useRef<AbortController>(undefined);
  const take = async (files: readonly DroppedFile[]): Promise<void> => {
    const controller = new AbortController();
    stop.current = controller;
    setUnread([]);
    const hashed = await hashAll(files, (file) => hashFile(file), {
      onProgress: setProgress,
      onFailure: (path) => {
        setUnread((known) => [...known, path]);
      },
      signal: controller.signal,
    });
    setProgress(undefined);
    const seedOf = (sha256: string): Promise<string> => meansOf(state).keys.cellsSeed(sha256);
    const more = await Promise.all(hashed.map((one) => documentWithCells(one.file, one.hashed, role, seedOf)));
    onChange(withDocuments(documents, more));
  };
  return (
    <>
      <DropBox
        id="filing-documents"
        multiple
        folder
        label={t('选择文件', 'Choose files')}
        onFiles={(files) => {
          void take(files);
        }}
      >
        {t(
          '或把文件、文件夹拖到这里。只登记摘要，文件不离开本机。',
          'or drop files or a folder here. Only digests are named; the files stay on this computer.',
        )}
      </DropBox>
      {progress !== undefined && (
        <Progress {...progress} label={t('正在计算摘要', 'Hashing')} onCancel={() => stop.current?.abort()} />
      )}
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
          {documents.map((document, at) => (
            <tr key={`${document.role} ${document.sha256}`}>
              <th scope="row">{document.name}</th>
              <td>
                <select
                  aria-label={t(`${document.name} 的用途`, `Role of ${document.name}`)}
                  value={document.role}
                  onChange={({ target: { value } }) => {
                    onChange(documents.map((one, index) => (index === at ? { ...one, role: value } : one)));
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
                    onChange(documents.filter((_, index) => index !== at));
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
