import type { Answered, Asked } from './calls';

function failureOf(error: unknown): { code: string; message: string } {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'INTERNAL';
  return { code, message: error instanceof Error ? error.message : String(error) };
}

/** The worker's side of {@link WorkerCalls}: answers each question once, telling news on the way. */
// The messages of a worker are its own page's: both sides know their type.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function serveCalls<Question>(answer: (question: Question, tell: (news: unknown) => void) => unknown): void {
  const send = (message: Answered<unknown, unknown>): void => {
    self.postMessage(message);
  };
  self.addEventListener('message', ({ data }: MessageEvent<Asked<Question>>) => {
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
  });
}
