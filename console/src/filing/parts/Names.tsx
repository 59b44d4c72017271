import type { ReactElement } from 'react';
import { useLanguage } from '../../app/language-context';
import { titleOfKey } from '../../words/record-words';
import type { Slot } from '../citations';
import type { Filing } from '../draft';
import { recordTypeOfKey } from '../words';

interface NamesProps {
  readonly slots: readonly Slot[] | undefined;
  readonly cites: Filing['cites'];
  readonly documents: Filing['documents'];
}

/** What a field can name of the record itself is offered where it is typed: the records that it cites, by their titles, and its files. */
export function Names({ slots = [], cites, documents }: NamesProps): ReactElement {
  const { language } = useLanguage();
  return (
    <>
      {slots.map(({ rule: { role }, candidates }) => (
        <datalist key={role} id={`names-${role}`}>
          {candidates
            .filter(({ id }) => cites[role]?.includes(id) === true)
            .map(({ id, key }) => (
              <option key={id} value={key}>
                {titleOfKey(key, recordTypeOfKey(key), language)}
              </option>
            ))}
        </datalist>
      ))}
      <datalist id="names-document">
        {documents.map(({ name, sha256 }) => (
          <option key={`${sha256} ${name}`} value={name} />
        ))}
      </datalist>
    </>
  );
}
