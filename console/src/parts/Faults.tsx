import { faultWords, messageInChinese, type Fault, type RecordType } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { useLanguage } from '../app/language-context';
import { placeWords } from '../words/place-words';

/** What was said in Chinese already; an English sentence about something with a Chinese name has been looked up before. */
function inHan(message: string): string | undefined {
  return /\p{Script=Han}/u.test(message) ? message : undefined;
}

/** What was said in English alone, with its names and numbers, is at hand on a Chinese page and not in its sentences. */
export function Detail({ message }: { readonly message: string }): ReactElement {
  const { language } = useLanguage();
  const told = language === 'en' ? message : (messageInChinese(message) ?? inHan(message));
  if (told !== undefined) return <p>{told}</p>;
  return (
    <details>
      <summary>详情（英文）</summary>
      <span lang="en">{message}</span>
    </details>
  );
}

/** What is wrong, in the language of the page. */
export function FaultText({ fault }: { readonly fault: Pick<Fault, 'code' | 'message'> }): ReactElement {
  const { language } = useLanguage();
  const { message } = fault;
  const told = language === 'en' ? message : (messageInChinese(message) ?? inHan(message));
  if (told !== undefined) return <>{told}</>;
  return (
    <>
      {faultWords(fault, 'zh')}
      <Detail message={message} />
    </>
  );
}

interface FaultListProps {
  readonly faults: readonly Fault[];
  readonly id?: string;
  /** Of the record in whose form they are: the place of each is told by its title. */
  readonly of?: RecordType;
}

/** Faults under what they are about; nothing where there are none. */
export function FaultList({ faults, id, of }: FaultListProps): ReactElement | null {
  const { language } = useLanguage();
  if (faults.length === 0) return null;
  return (
    <ul id={id} className="faults">
      {faults.map((fault) => (
        <li key={`${fault.path} ${fault.code} ${fault.message}`}>
          <span aria-hidden="true">✕ </span>
          {of !== undefined && `${placeWords(of, fault.path, language)} `}
          <FaultText fault={fault} />
        </li>
      ))}
    </ul>
  );
}
