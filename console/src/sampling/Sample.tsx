import { toHex, type VerificationSample } from '@carbon-ledger/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import { useLanguage, useText } from '../app/language-context';
import { useDrafts, useKeepDraft } from '../drafts/use-drafts';
import { beginFiling, filingAddress, type Filing } from '../filing/draft';
import type { Identity } from '../keys/session';
import { Button } from '../parts/Button';
import { Loading } from '../parts/Loading';
import { TableHead } from '../parts/TableHead';
import { recordTitle, unitWords } from '../words/record-words';
import { drawnItems, isSeed, sampleOf, withSample, type SampleItem, type SampleOf, type SampleState } from './sample';

/** What a sample is about; it stands in the address. */
export interface SampleAsked {
  readonly uscc: string;
  readonly year: string;
  readonly unit: string;
  readonly of: SampleOf;
}

interface SampleProps {
  readonly asked: SampleAsked;
  readonly identity: Identity;
  readonly frame: readonly SampleItem[];
}

const USUAL_SIZE = 3;

function freshState(frame: readonly SampleItem[]): SampleState {
  const seed = toHex(crypto.getRandomValues(new Uint8Array(32)));
  return { seed, size: Math.min(USUAL_SIZE, frame.length), found: {} };
}

/** What was drawn and found before goes on: the work of days. */
export function Sample(props: SampleProps): ReactElement {
  const { asked, identity } = props;
  const address = `/sampling?${new URLSearchParams({ ...asked }).toString()}`;
  const drafts = useDrafts();
  const { data } = useQuery({
    queryKey: [identity.key.keyId, 'draft', address],
    queryFn: async () => (await drafts?.read(address)) ?? null,
    staleTime: Infinity,
    gcTime: 0,
  });
  if (data === undefined) return <Loading />;
  return (
    <Begun {...props} address={address} start={(data?.value as SampleState | undefined) ?? freshState(props.frame)} />
  );
}

function Begun(props: SampleProps & { readonly address: string; readonly start: SampleState }): ReactElement {
  const { asked, frame, address } = props;
  const t = useText();
  const { language } = useLanguage();
  const [start] = useState(props.start);
  const [state, setState] = useState(start);
  const title = `${t('抽样', 'Sampling')} ${unitWords(asked.unit, language)} ${asked.year}`;
  const keeping = useKeepDraft(state === start ? undefined : { address, title, value: state });
  const drawn = drawnItems(frame, state);
  return (
    <section data-sample={asked.of}>
      <Draw state={state} frame={frame} onChange={setState} />
      <Drawn
        items={drawn}
        found={state.found}
        onFound={(item, change) => {
          setState({ ...state, found: { ...state.found, [item]: { ...state.found[item], ...change } } });
        }}
      />
      <p className="row no-print">
        <Conclude {...props} sample={sampleOf(asked.of, frame, state)} />
        <span className="quiet" aria-live="polite">
          {keeping === 'kept' && t('草稿已加密保存在本机。', 'The draft is kept on this computer, encrypted.')}
        </span>
      </p>
    </section>
  );
}

interface DrawProps {
  readonly state: SampleState;
  readonly frame: readonly SampleItem[];
  readonly onChange: (state: SampleState) => void;
}

function Draw({ state, frame, onChange }: DrawProps): ReactElement {
  const t = useText();
  return (
    <>
      <div className="row no-print">
        <label htmlFor="sample-size">
          <span>{t(`抽取数量（总体 ${String(frame.length)} 项）`, `Sample size (of ${String(frame.length)})`)}</span>
          <input
            id="sample-size"
            type="number"
            min={1}
            max={frame.length}
            value={state.size}
            onChange={({ target }) => {
              onChange({ ...state, size: Math.min(target.valueAsNumber, frame.length) });
            }}
          />
        </label>
        <label htmlFor="sample-seed" className="wide">
          <span>{t('随机种子（64 位十六进制）', 'Seed (64 hexadecimal digits)')}</span>
          <input
            id="sample-seed"
            type="text"
            value={state.seed}
            aria-invalid={!isSeed(state.seed)}
            onChange={({ target }) => {
              onChange({ ...state, seed: target.value.trim().toLowerCase() });
            }}
          />
        </label>
        <Button
          onClick={() => {
            onChange({ ...freshState(frame), size: state.size });
          }}
        >
          {t('重新产生种子', 'Draw a new seed')}
        </Button>
      </div>
      <p className="quiet">
        {t(
          '规则：对“种子＋换行＋业务键”取 SHA-256，从小到大取前若干项。',
          'Rule: SHA-256 of seed, line feed and business key, lowest first.',
        )}
      </p>
    </>
  );
}

interface DrawnProps {
  readonly items: readonly SampleItem[];
  readonly found: SampleState['found'];
  readonly onFound: (item: string, change: SampleState['found'][string]) => void;
}

function Drawn({ items, found, onFound }: DrawnProps): ReactElement {
  const t = useText();
  return (
    <div className="scroll">
      <table className="data" data-drawn="">
        <TableHead
          titles={[t('抽中项', 'Drawn'), t('材料', 'Document'), t('核对结果', 'Outcome'), t('说明', 'Note')]}
        />
        <tbody>
          {items.map((one) => (
            <Row
              key={one.item}
              one={one}
              found={found[one.item] ?? {}}
              onFound={(change) => {
                onFound(one.item, change);
              }}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly one: SampleItem;
  readonly found: SampleState['found'][string];
  readonly onFound: (change: SampleState['found'][string]) => void;
}

function Row({ one: { view, document, item }, found, onFound }: RowProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const title = recordTitle(view.record, language);
  const isLacking = found.outcome === 'differs' && (found.note ?? '').trim() === '';
  return (
    <tr data-item={item}>
      <th scope="row">
        <Link href={`/records/${view.id}`}>{title}</Link>
      </th>
      <td>{document ?? t(`${String(view.record.documents.length)} 份`, String(view.record.documents.length))}</td>
      <td>
        <select
          aria-label={t(`核对结果：${title}`, `Outcome of ${title}`)}
          value={found.outcome ?? ''}
          onChange={({ target: { value } }) => {
            if (value === 'conforms' || value === 'differs') onFound({ outcome: value });
          }}
        >
          <option value="">{t('未核对', 'Not looked at')}</option>
          <option value="conforms">{t('相符', 'Conforms')}</option>
          <option value="differs">{t('不相符', 'Does not conform')}</option>
        </select>
      </td>
      <td>
        <input
          type="text"
          aria-label={t(`说明：${title}`, `Note on ${title}`)}
          aria-invalid={isLacking}
          placeholder={isLacking ? t('不相符须说明', 'say what does not conform') : ''}
          value={found.note ?? ''}
          onChange={({ target }) => {
            onFound({ note: target.value });
          }}
        />
      </td>
    </tr>
  );
}

/** Takes the sample into the form of the conclusion, beside what was filled in there. */
function Conclude({
  asked: { uscc, unit, year },
  identity,
  sample,
}: SampleProps & { readonly sample: VerificationSample | undefined }): ReactElement {
  const t = useText();
  const drafts = useDrafts();
  const [, go] = useLocation();
  const take = async (whole: VerificationSample): Promise<void> => {
    const address = filingAddress({ type: 'verification-conclusion', uscc, unit, period: year });
    const kept = (await drafts?.read(address))?.value as Filing | undefined;
    const asked = new URLSearchParams(address.split('?')[1]);
    const filing = withSample(kept ?? beginFiling('verification-conclusion', identity.party, asked), whole);
    const title = t('核查结论', 'Verification conclusion');
    await drafts?.save({ address, title, savedAt: new Date().toISOString(), value: filing });
    go(address);
  };
  return (
    <Button
      type="primary"
      disabled={sample === undefined}
      onClick={() => {
        if (sample !== undefined) void take(sample);
      }}
    >
      {t('写入核查结论', 'Take it into the conclusion')}
    </Button>
  );
}
