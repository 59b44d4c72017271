import type { Answered, Asked } from './calls';

/** What of a worker's global scope is used here; the page's own types know only windows. */
interface Scope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
}

function failureOf(error: unknown): { code: string; message: string } {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'INTERNAL';
  return { code, message: error instanceof Error ? error.message : String(error) };
}

/** The worker's side of {@link WorkerCalls}: answers each question once, telling news on the way. */
// The messages of a worker are its own page's: both sides know their type.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function serveCalls<Question>(answer: (question: Question, tell: (news: unknown) => void) => unknown): void {
  const scope = globalThis as unknown as Scope;
  const send = (message: Answered<unknown, unknown>): void => {
    scope.postMessage(message);
  };
  scope.onmessage = ({ data }: MessageEvent<Asked<Question>>) => {
    const { id, question } = data;
    const tell = (news: unknown): void => {
      send({ id, news });
    };
    void (async () => {
      try {
        send({ id, answer: await answer(question, tell) });
      } catch (error) {
        send({ id, failure: failureOf(error) });
      }
    })();
  };
}
