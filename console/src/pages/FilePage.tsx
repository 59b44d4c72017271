import type { ReactElement } from 'react';
import { Link, useParams, useSearch } from 'wouter';
import { recordTypes, type RecordType } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { useAsk, useSession } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { beginFiling, isRecordType, nextVersionOf, rulesFor, type Filing } from '../filing/draft';
import { FilingForm } from '../filing/parts/FilingForm';
import type { Identity } from '../keys/session';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';
import { SignInFirst } from '../parts/SignInLink';
import { ContentFacts } from '../records/ContentFacts';
import { partyKindWords, recordTitle } from '../words/record-words';
import { useDrafts } from '../drafts/use-drafts';
import { useQuery } from '@tanstack/react-query';

/** The form of any type of record, made of the rulebook's tables: a type that is added has one. */
export function FilePage(): ReactElement {
  const { type } = useParams<{ type: string }>();
  const t = useText();
  const { identity } = useSession();
  if (!isRecordType(type)) return <h1>{t('没有这种记录', 'There is no such type of record')}</h1>;
  return <Typed key={type} type={type} identity={identity} />;
}

function Typed({
  type,
  identity,
}: {
  readonly type: RecordType;
  readonly identity: Identity | undefined;
}): ReactElement {
  const t = useText();
  const words = useWords();
  const title = words(recordTypes[type].title);
  useTitle(t(`填报：${title}`, `File: ${title}`));
  return (
    <>
      <h1>{t(`填报：${title}`, `File: ${title}`)}</h1>
      <p className="no-print">
        <a href={`/knowledge?q=${type}.`} target="_blank" rel="noreferrer">
          {t('此处填什么、从哪里找', 'What is asked here, and where to find it')}
        </a>
      </p>
      {identity === undefined && <SignInFirst />}
      {identity !== undefined && rulesFor(type, identity.party.kind).length === 0 && (
        <p className="notice">
          {t(
            `此类记录由以下主体提交：${filers(type)
              .map(({ zh }) => zh)
              .join('、')}。`,
            `This type is filed by: ${filers(type)
              .map(({ en }) => en)
              .join(', ')}.`,
          )}
        </p>
      )}
      {identity !== undefined && rulesFor(type, identity.party.kind).length > 0 && (
        <Started type={type} identity={identity} />
      )}
    </>
  );
}

function filers(type: RecordType): { readonly zh: string; readonly en: string }[] {
  return [...new Set(recordTypes[type].filed.map(({ by }) => by))].map(partyKindWords);
}

function freshFiling(
  type: RecordType,
  { party }: Identity,
  asked: URLSearchParams,
  before: AnchoredRecordView | undefined,
): Filing {
  return before === undefined
    ? beginFiling(type, party, asked)
    : nextVersionOf(before.record, before.figures ?? [], asked);
}

/** Where the form begins: a draft that was kept, the version before, or what the address asks for. */
function Started({ type, identity }: { readonly type: RecordType; readonly identity: Identity }): ReactElement {
  const search = useSearch();
  const asked = new URLSearchParams(search);
  const after = asked.get('after');
  const address = `/file/${type}${search === '' ? '' : `?${search}`}`;
  const drafts = useDrafts();
  const draft = useQuery({
    queryKey: [identity.key.keyId, 'draft', address],
    queryFn: async () => (await drafts?.read(address)) ?? null,
    staleTime: Infinity,
    gcTime: 0,
  });
  const before = useAsk(['after', after], (client) => client.record(after ?? '', { figures: true }), {
    enabled: after !== null,
  });
  if (before.error !== null) return <Failure error={before.error} />;
  if (draft.data === undefined || (after !== null && before.data === undefined)) return <Loading />;
  const fresh = freshFiling(type, identity, asked, before.data);
  const kept = draft.data?.value as Filing | undefined;
  return (
    <Opened before={before.data}>
      <FilingForm
        key={address}
        address={address}
        identity={identity}
        start={kept ?? fresh}
        fresh={fresh}
        keptAt={draft.data?.savedAt}
      />
    </Opened>
  );
}

/** The record that opened another one for its next version: the review that returned it, the decision, the correction. */
function openerOf(before: AnchoredRecordView | undefined): string | undefined {
  return before?.status === 'open' && before.changedBy !== before.id ? before.changedBy : undefined;
}

/** A form under what is told of the version before; both appear at once. */
function Opened({
  before,
  children,
}: {
  readonly before: AnchoredRecordView | undefined;
  readonly children: ReactElement;
}): ReactElement {
  const opener = openerOf(before);
  const { data, isPending } = useAsk(['record', opener], (client) => client.record(opener ?? ''), {
    enabled: opener !== undefined,
  });
  if (opener !== undefined && isPending) return <Loading />;
  return (
    <>
      {data !== undefined && <WhyOpened by={data} />}
      {children}
    </>
  );
}

/** What is to be mended, in the words of whoever sent it back, above the form in which it is. */
function WhyOpened({ by }: { readonly by: AnchoredRecordView }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  return (
    <section className="notice">
      <h2>{t('为何需要重新提交', 'Why it is to be filed again')}</h2>
      <p>
        <Link href={`/records/${by.id}`}>{recordTitle(by.record, language)}</Link>
      </p>
      <ContentFacts record={by.record} />
    </section>
  );
}
