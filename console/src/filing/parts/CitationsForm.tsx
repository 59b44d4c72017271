import { servingTypes, type BusinessKey } from '@carbon-ledger/core';
import { Fragment, type ReactElement } from 'react';
import { Link } from 'wouter';
import { addressOfLacking } from '../../actions/address';
import { useLanguage, useText, useWords } from '../../app/language-context';
import { useSession } from '../../app/ledger-hooks';
import { StateTag } from '../../parts/StateTag';
import { roleWords } from '../../words/code-words';
import { filersOf, partyKindWords, recordTitle, recordTypeWords } from '../../words/record-words';
import type { Slot } from '../citations';
import { rulesFor, type Filing } from '../draft';

interface CitationsFormProps {
  /** Key of the record that is filled in. */
  readonly own: BusinessKey;
  readonly slots: readonly Slot[];
  readonly cites: Filing['cites'];
  readonly onChange: (role: string, ids: readonly string[]) => void;
}

/** What the record rests on, role by role: proposed from what stands now, open to another choice. */
export function CitationsForm({ own, slots, cites, onChange }: CitationsFormProps): ReactElement {
  const t = useText();
  if (slots.length === 0) return <p className="quiet">{t('此类记录不引用其他记录。', 'This type cites no record.')}</p>;
  return (
    <>
      {slots.map((slot) => (
        <SlotView key={slot.rule.role} own={own} slot={slot} chosen={cites[slot.rule.role] ?? []} onChange={onChange} />
      ))}
    </>
  );
}

interface SlotProps extends Pick<CitationsFormProps, 'own' | 'onChange'> {
  readonly slot: Slot;
  readonly chosen: readonly string[];
}

function SlotView({ own, slot, chosen, onChange }: SlotProps): ReactElement {
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
          {min > 0 && <Whence slot={slot} own={own} />}
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

/** Where what is lacking comes from: who files it, and the form for it where that is whoever fills in. */
function Whence({ slot, own }: Pick<SlotProps, 'slot' | 'own'>): ReactElement {
  const t = useText();
  const words = useWords();
  const { identity } = useSession();
  return (
    <>
      {servingTypes(slot.rule).map((type) => {
        const title = words(recordTypeWords(type));
        const filers = filersOf(type).map((kind) => words(partyKindWords(kind)));
        const isOwn = identity !== undefined && rulesFor(type, identity.party.kind).length > 0;
        return (
          <Fragment key={type}>
            {' '}
            {isCorrection(type)
              ? t(
                  `先提交${title}：打开要更正的记录，在“现在可以做什么”中选择它。`,
                  `File the ${title} first: open the record that is corrected, and choose it under “What may be done now”.`,
                )
              : t(`${title}由${filers.join('、')}提交。`, `${title} is filed by: ${filers.join(', ')}.`)}{' '}
            {isOwn && !isCorrection(type) && (
              <Link href={addressOfLacking(slot.rule, type, own)}>{t(`填报${title}`, `File ${title}`)}</Link>
            )}
          </Fragment>
        );
      })}
    </>
  );
}

/** They are filed about a record that stands, from its page. */
function isCorrection(type: string): boolean {
  return type === 'supersession' || type === 'revocation';
}

function range(min: number, max: number): string {
  return min === max ? String(min) : `${String(min)}–${String(max)}`;
}
