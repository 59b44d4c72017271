import type { Fault } from '@carbon-ledger/core';
import type { ReactElement, ReactNode } from 'react';
import { useLanguage, useText } from '../../app/language-context';
import { FaultList } from '../../parts/Faults';
import { beginning, valueAt } from '../content';
import { pointerOf, type Field, type FieldPath } from '../fields';
import { controlId, type FieldProps } from './field-props';
import { NamedField } from './NamedField';
import { PlainControl } from './PlainControl';
import { ShapedField } from './ShapedField';

/** One field with its title, and what is wrong with it under it. */
export function FieldView(props: FieldProps): ReactElement {
  const { field } = props;
  if (field.kind === 'group') return <GroupField {...props} />;
  if (field.kind === 'list') return <ListField {...props} />;
  if (field.named !== undefined) return <NamedField {...props} entry={field.named} />;
  if (field.variants !== undefined) return <ShapedField {...props} shapes={field.variants} />;
  return (
    <Labelled field={field} path={props.path} faults={props.faults}>
      <PlainControl {...props} />
    </Labelled>
  );
}

export function faultsAt(faults: readonly Fault[], path: FieldPath): readonly Fault[] {
  const pointer = pointerOf(path);
  return faults.filter((fault) => fault.path === pointer);
}

interface LabelledProps {
  readonly field: Field;
  readonly path: FieldPath;
  readonly faults: readonly Fault[];
  readonly children: ReactNode;
}

function Labelled({ field, path, faults, children }: LabelledProps): ReactElement {
  const id = controlId(path);
  return (
    <div className="field">
      <label htmlFor={id}>
        <FieldTitle field={field} />
      </label>
      {children}
      <FaultList id={`${id}-faults`} faults={faultsAt(faults, path)} />
    </div>
  );
}

/** Title of the field, and whether it must be filled. */
export function FieldTitle({ field }: { readonly field: Field }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  return (
    <>
      {field.title[language]}
      {field.isOptional && <span className="quiet"> {t('（可不填）', '(optional)')}</span>}
      {field.isNullable && !field.isOptional && <span className="quiet"> {t('（无则留空）', '(empty for none)')}</span>}
    </>
  );
}

function GroupField(props: FieldProps): ReactElement {
  const { field, path, faults } = props;
  return (
    <fieldset>
      <legend>
        <FieldTitle field={field} />
      </legend>
      <FaultList id={`${controlId(path)}-faults`} faults={faultsAt(faults, path)} />
      <Fields {...props} fields={field.fields ?? []} />
    </fieldset>
  );
}

/** Fields of a group, or of a whole content where the path is empty. */
export function Fields({
  fields,
  path,
  example,
  ...rest
}: Omit<FieldProps, 'field'> & { readonly fields: readonly Field[] }): ReactElement {
  return (
    <div className="fields">
      {fields.map((field) => (
        <FieldView
          key={field.name}
          {...rest}
          field={field}
          path={[...path, field.name]}
          example={valueAt(example, [field.name])}
        />
      ))}
    </div>
  );
}

function ListField(props: FieldProps): ReactElement | null {
  const { field, path, content, faults, onChange } = props;
  const t = useText();
  const { language } = useLanguage();
  const value = valueAt(content, path);
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const { item } = field;
  if (item === undefined) return null;
  const remove = (at: number): void => {
    onChange(
      path,
      entries.filter((_, index) => index !== at),
    );
  };
  return (
    <fieldset>
      <legend>
        <FieldTitle field={field} />
      </legend>
      <FaultList id={`${controlId(path)}-faults`} faults={faultsAt(faults, path)} />
      {entries.map((_, at) => (
        <div key={String(at)} className="entry">
          <ListEntry {...props} item={item} at={at} />
          <button
            type="button"
            className="plain"
            onClick={() => {
              remove(at);
            }}
          >
            {t(`删除第 ${String(at + 1)} 项`, `Remove no. ${String(at + 1)}`)}
          </button>
        </div>
      ))}
      <button
        type="button"
        className="plain"
        onClick={() => {
          onChange([...path, entries.length], beginning(item));
        }}
      >
        ＋ {t(`增加一项：${field.title.zh}`, `Add: ${field.title[language]}`)}
      </button>
      {field.isOptional && value === undefined && (
        <button
          type="button"
          className="plain"
          onClick={() => {
            onChange(path, []);
          }}
        >
          {t(`声明没有：${field.title.zh}`, `State that there are none: ${field.title[language]}`)}
        </button>
      )}
      {entries.length === 0 && value !== undefined && <span className="quiet"> {t('没有', 'None')}</span>}
    </fieldset>
  );
}

function ListEntry(props: FieldProps & { readonly item: Field; readonly at: number }): ReactElement {
  const { item, at, path, field } = props;
  const example = valueAt(props.example, [0]);
  const place = [...path, at];
  if (item.kind === 'group') return <Fields {...props} path={place} fields={item.fields ?? []} example={example} />;
  const number = String(at + 1);
  const named: Field = { ...item, title: { zh: `${field.title.zh} ${number}`, en: `${field.title.en} ${number}` } };
  return <FieldView {...props} field={named} path={place} example={example} />;
}
