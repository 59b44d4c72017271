import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useLanguage, useText } from '../../app/language-context';
import { StateTag } from '../../parts/StateTag';
import { roleWords } from '../../words/code-words';
import { recordTitle } from '../../words/record-words';
import type { Slot } from '../citations';
import type { Filing } from '../draft';

interface CitationsFormProps {
  readonly slots: readonly Slot[];
  readonly cites: Filing['cites'];
  readonly onChange: (role: string, ids: readonly string[]) => void;
}

/** What the record rests on, role by role: proposed from what stands now, open to another choice. */
export function CitationsForm({ slots, cites, onChange }: CitationsFormProps): ReactElement {
  const t = useText();
  if (slots.length === 0) return <p className="quiet">{t('此类记录不引用其他记录。', 'This type cites no record.')}</p>;
  return (
    <>
      {slots.map((slot) => (
        <SlotView key={slot.rule.role} slot={slot} chosen={cites[slot.rule.role] ?? []} onChange={onChange} />
      ))}
    </>
  );
}

interface SlotProps {
  readonly slot: Slot;
  readonly chosen: readonly string[];
  readonly onChange: CitationsFormProps['onChange'];
}

function SlotView({ slot, chosen, onChange }: SlotProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { rule, candidates } = slot;
  const { role, min, max } = rule;
  const known = new Set(candidates.map(({ id }) => id));
  const named = chosen.filter((id) => !known.has(id));
  const toggle = (id: string): void => {
    if (max === 1) onChange(role, chosen.includes(id) ? [] : [id]);
    else onChange(role, chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  };
  const isShort = chosen.length < min || chosen.length > max;
  return (
    <fieldset>
      <legend>
        {roleWords(role)[language]}{' '}
        <span className={isShort ? 'bad' : 'quiet'}>
          {t(
            `已选 ${String(chosen.length)}，需 ${range(min, max)}`,
            `${String(chosen.length)} chosen, ${range(min, max)} needed`,
          )}
        </span>
      </legend>
      {candidates.length === 0 && named.length === 0 && (
        <p className={min > 0 ? 'bad' : 'quiet'}>
          {t('账本上没有可引用的有效记录。', 'Nothing that stands on the ledger can be cited here.')}
        </p>
      )}
      <ul className="plain-list">
        {candidates.map(({ id, record, status, state }) => (
          <li key={id}>
            <label className="choice">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={() => {
                  toggle(id);
                }}
              />{' '}
              {recordTitle(record, language)} <StateTag status={status} state={state} type={record.type} />
            </label>
          </li>
        ))}
        {named.map((id) => (
          <li key={id}>
            <Link href={`/records/${id}`}>
              <code>{id.slice(0, 20)}…</code>
            </Link>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function range(min: number, max: number): string {
  return min === max ? String(min) : `${String(min)}–${String(max)}`;
}
