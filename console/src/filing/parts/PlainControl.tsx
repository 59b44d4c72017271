import type { ReactElement } from 'react';
import { useLanguage, useText } from '../../app/language-context';
import { valueAt } from '../content';
import { pointerOf, type Field } from '../fields';
import { controlId, type FieldProps } from './field-props';

/** Kinds that the browser has a control of its own for. */
const inputTypes: Partial<Record<Field['kind'], string>> = { day: 'date', month: 'month', number: 'number' };
const inputModes: Partial<Record<Field['kind'], 'decimal' | 'numeric'>> = { decimal: 'decimal', whole: 'numeric' };

interface ControlProps {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

function shared({ path, faults }: FieldProps): ControlProps {
  const pointer = pointerOf(path);
  const isWrong = faults.some((fault) => fault.path === pointer);
  return {
    id: controlId(path),
    'aria-invalid': isWrong,
    'aria-describedby': isWrong ? `${controlId(path)}-faults` : undefined,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The control of a field that holds one value. */
export function PlainControl(props: FieldProps): ReactElement {
  const { field, path, content, onChange } = props;
  const value = valueAt(content, path);
  if (field.kind === 'choice') return <ChoiceControl {...props} />;
  if (field.kind === 'boolean' || field.kind === 'declaration')
    return (
      <input
        {...shared(props)}
        type="checkbox"
        checked={value === true}
        onChange={({ target: { checked } }) => {
          onChange(path, checked || (field.kind === 'boolean' ? false : undefined));
        }}
      />
    );
  return (
    <input
      {...shared(props)}
      type={inputTypes[field.kind] ?? 'text'}
      inputMode={inputModes[field.kind]}
      autoComplete="off"
      list={field.kind === 'uscc' ? 'party-codes' : `names-${field.name}`}
      {...(field.longest === undefined ? {} : { maxLength: field.longest })}
      placeholder={textOf(props.example)}
      value={textOf(value)}
      onChange={(event) => {
        onChange(path, event.target.value);
      }}
    />
  );
}

function ChoiceControl(props: FieldProps): ReactElement {
  const { field, path, content, onChange } = props;
  const t = useText();
  const { language } = useLanguage();
  return (
    <select
      {...shared(props)}
      value={textOf(valueAt(content, path))}
      onChange={(event) => {
        onChange(path, event.target.value);
      }}
    >
      <option value="">{t('请选择', 'Choose')}</option>
      {Object.entries(field.choices ?? {}).map(([value, words]) => (
        <option key={value} value={value}>
          {words[language]}
        </option>
      ))}
    </select>
  );
}
