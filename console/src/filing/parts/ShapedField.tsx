import { useState, type ReactElement } from 'react';
import { useText, useWords } from '../../app/language-context';
import { beginning, valueAt } from '../content';
import type { Field } from '../fields';
import { shapeOf } from '../shapes';
import { controlId, type FieldProps } from './field-props';
import { Fields, FieldTitle, FieldView } from './FieldView';

interface ShapedProps extends FieldProps {
  readonly shapes: readonly Field[];
}

/** What may be one of several: which of them is chosen, and then its own fields. */
export function ShapedField(props: ShapedProps): ReactElement {
  const { shapes, ...rest } = props;
  const { field, path, content, onChange } = rest;
  const t = useText();
  const words = useWords();
  const [asked, setAsked] = useState<number>();
  const at = shapeOf(shapes, valueAt(content, path), asked);
  const shape = shapes[at];
  const id = `${controlId(path)}-shape`;
  return (
    <fieldset>
      <legend>
        <FieldTitle field={field} />
      </legend>
      <div className="field">
        <label htmlFor={id}>{t('形式', 'As')}</label>
        <select
          id={id}
          value={String(at)}
          onChange={({ target: { value } }) => {
            setAsked(Number(value));
            const next = shapes[Number(value)];
            if (next !== undefined) onChange(path, beginning(next));
          }}
        >
          {shapes.map(({ title }, index) => (
            <option key={title.en} value={String(index)}>
              {words(title)}
            </option>
          ))}
        </select>
      </div>
      {shape !== undefined && <Shape {...rest} field={shape} />}
    </fieldset>
  );
}

function Shape(props: FieldProps): ReactElement {
  const { field } = props;
  return field.kind === 'group' ? <Fields {...props} fields={field.fields ?? []} /> : <FieldView {...props} />;
}
