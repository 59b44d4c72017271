import { useState, type ReactElement } from 'react';
import { useText, useWords } from '../../app/language-context';
import { FaultList } from '../../parts/Faults';
import { TableHead } from '../../parts/TableHead';
import { beginning, membersOf, renamed, valueAt } from '../content';
import type { Field } from '../fields';
import { controlId, type FieldProps } from './field-props';
import { faultsAt, Fields, FieldTitle, FieldView } from './FieldView';
import { PlainControl } from './PlainControl';

interface NamedProps extends FieldProps {
  /** What stands under each name. */
  readonly entry: Field;
}

const isPlain = ({ kind }: Field): boolean => kind !== 'group' && kind !== 'list' && kind !== 'other';

/** Columns of a table whose rows are the entries; none where an entry has more in it than a row shows. */
function columnsOf(entry: Field): readonly Field[] {
  if (isPlain(entry)) return [entry];
  const fields = entry.kind === 'group' ? (entry.fields ?? []) : [];
  // What may be left out and fits in no cell is worked out by a program: it stays as it is.
  const asked = fields.filter((field) => isPlain(field) || !field.isOptional);
  return asked.every(isPlain) ? asked : [];
}

/** Values under names that whoever fills in gives: a row a name, or the fields of one under the other. */
export function NamedField(props: NamedProps): ReactElement {
  const { field, entry, path, content, faults, onChange } = props;
  const t = useText();
  const words = useWords();
  const members = membersOf(valueAt(content, path));
  const columns = columnsOf(entry);
  const names = Object.keys(members);
  const rows = names.map((name, at) => {
    const row: RowProps = {
      ...props,
      ...{ name, at, columns },
      onName: (to) => {
        onChange(path, renamed(members, name, to));
      },
      onRemove: () => {
        onChange(path, Object.fromEntries(Object.entries(members).filter(([one]) => one !== name)));
      },
    };
    return columns.length > 0 ? <Row key={String(at)} {...row} /> : <Entry key={String(at)} {...row} />;
  });
  return (
    <fieldset>
      <legend>
        <FieldTitle field={field} />
      </legend>
      <FaultList id={`${controlId(path)}-faults`} faults={faultsAt(faults, path)} />
      {columns.length > 0 && names.length > 0 ? (
        <div className="scroll">
          <table className="data">
            <TableHead
              titles={[
                t('名称', 'Name'),
                ...columns.map(({ title }) => (title.zh === '' ? t('值', 'Value') : words(title))),
                { action: t('操作', 'Do') },
              ]}
            />
            <tbody>{rows}</tbody>
          </table>
        </div>
      ) : (
        rows
      )}
      <button
        type="button"
        className="plain"
        disabled={Object.hasOwn(members, '')}
        onClick={() => {
          onChange(path, { ...members, '': beginning(entry) });
        }}
      >
        ＋ {t(`增加一项：${field.title.zh}`, `Add: ${field.title.en}`)}
      </button>
    </fieldset>
  );
}

interface RowProps extends NamedProps {
  readonly name: string;
  readonly at: number;
  readonly columns: readonly Field[];
  readonly onName: (to: string) => void;
  readonly onRemove: () => void;
}

function Row(props: RowProps): ReactElement {
  const { name, at, entry, columns, path, faults, example, onRemove } = props;
  const t = useText();
  const words = useWords();
  const row = [...path, name];
  return (
    <tr>
      <td>
        <NameInput {...props} />
        <FaultList faults={faultsAt(faults, row)} />
      </td>
      {columns.map((field) => {
        const place = entry.kind === 'group' ? [...row, field.name] : row;
        return (
          <td key={field.name}>
            <label className="sr" htmlFor={controlId(place)}>
              {name} {words(field.title)}
            </label>
            <PlainControl
              {...props}
              field={field}
              path={place}
              example={valueAt(Object.values(membersOf(example))[0], place.slice(row.length))}
            />
            {entry.kind === 'group' && <FaultList id={`${controlId(place)}-faults`} faults={faultsAt(faults, place)} />}
          </td>
        );
      })}
      <td className="no-print">
        <button type="button" className="plain" onClick={onRemove}>
          {t(`删除第 ${String(at + 1)} 项`, `Remove no. ${String(at + 1)}`)}
        </button>
      </td>
    </tr>
  );
}

/** An entry with lists in it; its fields stand there once it is opened, because there may be hundreds. */
function Entry(props: RowProps): ReactElement {
  const { field, name, at, entry, path, faults, onRemove } = props;
  const t = useText();
  const place = [...path, name];
  const [isOpen, setOpen] = useState(name === '');
  const own: Field = { ...entry, title: name === '' ? field.title : { zh: name, en: name } };
  return (
    <div className="entry">
      <NameInput {...props} />
      <FaultList faults={faultsAt(faults, place)} />
      <details
        open={isOpen}
        onToggle={({ currentTarget }) => {
          setOpen(currentTarget.open);
        }}
      >
        <summary>{name === '' ? t('内容', 'Content') : name}</summary>
        {isOpen &&
          (entry.kind === 'group' ? (
            <Fields {...props} path={place} fields={entry.fields ?? []} example={undefined} />
          ) : (
            <FieldView {...props} path={place} field={own} example={undefined} />
          ))}
      </details>
      <button type="button" className="plain" onClick={onRemove}>
        {t(`删除第 ${String(at + 1)} 项`, `Remove no. ${String(at + 1)}`)}
      </button>
    </div>
  );
}

/** The name itself, with those of the example to choose from; one that another entry has already is told, and not taken. */
function NameInput({ name, at, field, path, content, example, onName }: RowProps): ReactElement {
  const t = useText();
  const words = useWords();
  const [typed, setTyped] = useState<string>();
  const isTwice = typed !== undefined && typed !== name && Object.hasOwn(membersOf(valueAt(content, path)), typed);
  const id = `${controlId(path)}-name-${String(at)}`;
  return (
    <div className="field">
      <label className="sr" htmlFor={id}>
        {words(field.title)} {String(at + 1)} {t('名称', 'Name')}
      </label>
      <input
        id={id}
        autoComplete="off"
        autoFocus={name === ''}
        list={`${id}-known`}
        aria-invalid={isTwice}
        aria-describedby={isTwice ? `${id}-twice` : undefined}
        value={isTwice ? typed : name}
        onChange={({ target: { value } }) => {
          setTyped(value);
          onName(value);
        }}
      />
      <datalist id={`${id}-known`}>
        {Object.keys(membersOf(example)).map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      {isTwice && (
        <p id={`${id}-twice`} className="bad">
          {t(`“${typed}”已经有了，请换一个名称。`, `There is a “${typed}” already: give another name.`)}
        </p>
      )}
    </div>
  );
}
