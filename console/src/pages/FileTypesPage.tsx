import { formFields, recordTypes, type RecordType } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useSession } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { typesFiledBy } from '../filing/draft';
import { TableHead } from '../parts/TableHead';
import { useTitle } from '../parts/use-title';
import { SignInFirst } from '../parts/SignInLink';

/** Every type of record that the party may file, by the authority table. */
export function FileTypesPage(): ReactElement {
  const t = useText();
  useTitle(t('填报', 'File'));
  const { identity } = useSession();
  return (
    <>
      <h1>{t('填报', 'File')}</h1>
      {identity === undefined ? <SignInFirst /> : <TypeTable types={typesFiledBy(identity.party.kind)} />}
    </>
  );
}

function TypeTable({ types }: { readonly types: readonly RecordType[] }): ReactElement {
  const t = useText();
  const words = useWords();
  const { language } = useLanguage();
  return (
    <div className="scroll">
      <table className="data">
        <TableHead
          titles={[t('记录', 'Record'), t('填写内容', 'What is asked'), { action: t('说明', 'Explanation') }]}
        />
        <tbody>
          {types.map((type) => (
            <tr key={type}>
              <th scope="row">
                <Link href={`/file/${type}`}>{words(recordTypes[type].title)}</Link>
              </th>
              <td>
                {formFields(type)
                  .map(({ title }) => title[language])
                  .join(language === 'zh' ? '、' : ', ')}
              </td>
              <td className="no-print">
                <Link
                  href={`/knowledge?q=${encodeURIComponent(type)}`}
                  aria-label={t(
                    `知识库：${recordTypes[type].title.zh}`,
                    `Knowledge base: ${recordTypes[type].title.en}`,
                  )}
                >
                  {t('知识库', 'Knowledge base')}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
