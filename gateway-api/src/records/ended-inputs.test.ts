import { join } from 'node:path';
import type { Mark } from '@carbon-ledger/core';
import { Projection } from '../projection/projection';
import { FakeGateway, LEDGER_ID } from '../testing/fake-gateway';
import { reports, startInspected } from '../testing/inspected-world';
import { enterprise, lab } from '../testing/trial-world';
import { EndedInputs } from './ended-inputs';
import { ProjectedMarkFacts } from './mark-facts';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await startInspected();
});
afterAll(() => fake.stop());

const marks = async (id: string): Promise<readonly Mark[]> => (await fake.client().record(id)).marks ?? [];
const marked = async (mark: Mark['mark']): Promise<string[]> => {
  const found: string[] = [];
  for await (const { id } of fake.client().allRecords({ mark, party: enterprise, limit: 1 })) found.push(id);
  return found;
};

describe('what rests on something that was withdrawn', () => {
  const { notInspected } = reports;
  const period = notInspected.record.subject.period;
  const receiptKey = `${enterprise}/U1/${period}/sample-receipt`;
  const resting = { mark: 'input-withdrawn', by: receiptKey };

  /** Files what is drafted, and says which record it became. */
  async function file(facts: Parameters<ReturnType<typeof fake.client>['draft']>[0]): Promise<string> {
    const draft = await fake.client(lab).draft(facts);
    expect(draft.faults).toEqual([]);
    await fake.client(lab).anchorDraft(draft);
    return draft.recordId;
  }
  const withdraw = (on: string): Promise<string> =>
    file({ type: 'revocation', on, content: { reason: 'WITHDRAWN_BY_ISSUER', statement: '样品混淆' } });

  /** What the laboratory must do about its report, by its inbox. */
  const duties = async (): Promise<(string | undefined)[]> => {
    const { items } = await fake.client(lab).inbox();
    return items.filter(({ key }) => key === notInspected.key).map(({ file: { type } }) => type);
  };

  it('is marked until it is filed again, in lists, tables and traces, and waits in the inbox of who filed it', async () => {
    expect(await marked('input-withdrawn')).toEqual([]);
    expect(await duties()).toEqual([]);
    await withdraw(receiptKey);
    expect(await duties()).toEqual(['supersession']);
    expect(await marks(notInspected.id)).toContainEqual(resting);
    expect(await marked('input-withdrawn')).toEqual([notInspected.id]);
    expect(await fake.client().csv('listRecords', { key: notInspected.key })).toContain('input-withdrawn');
    expect((await fake.client().record(notInspected.id)).doubts).toEqual(['input-withdrawn']);
    const { nodes } = await fake.client(enterprise).trace(`${notInspected.key}#Cad_pct`);
    expect(nodes[0]?.marks).toContainEqual(resting);

    const { record } = await fake.client(lab).record(notInspected.id);
    const { content } = record;
    const figures = Object.fromEntries(notInspected.figures.map(({ name, value }) => [name, value]));
    const subject = { uscc: enterprise, unit: 'U1', period };
    const receipt = { sampleNo: 'S-2', sampleMonth: period, sampleKind: '月缩分样', received: `${period}-28` };
    await file({ type: 'sample-receipt', subject, content: receipt });
    // What it rests on stands again, in another version: it still says what the withdrawn one bore.
    expect(await marks(notInspected.id)).toContainEqual(resting);
    await file({ type: 'supersession', on: notInspected.key, content: { reason: 'CORRECTION', statement: '换样' } });
    const again = await file({ type: 'test-report', subject, content, figures });
    expect(await marks(again)).not.toContainEqual(expect.objectContaining({ mark: 'input-withdrawn' }));
    expect(await duties()).toEqual([]);
    expect(await marked('input-withdrawn')).toEqual([]);
  });

  it('is told alike by a gateway that begins now', async () => {
    const key = reports.inspected.key.replace('test-report', 'sample-receipt');
    await withdraw(key);
    expect(await marks(reports.inspected.id)).toContainEqual({ mark: 'input-withdrawn', by: key });
    // Its file is the one that was anchored, and that is no yes: nobody can say what the report rests on.
    const { sha256 } = reports.inspected.record.documents[0]!;
    const { items } = await fake.client().call('verify', { body: { items: [{ sha256 }] } });
    expect(items[0]).toMatchObject({
      verdict: 'questioned',
      questioned: { type: 'revocation', party: lab, why: expect.stringContaining('样品混淆') as string },
    });
    await fake.gateway.close();
    fake = await FakeGateway.on(fake.folder, fake.ledger);
    expect(await marks(reports.inspected.id)).toContainEqual({ mark: 'input-withdrawn', by: key });
    expect(await marked('input-withdrawn')).toEqual([reports.inspected.id]);
  });

  it('is told alike by one that follows the log and by one that begins anew after so many records', async () => {
    const { ledger, folder } = fake;
    const projection = await Projection.open({ location: join(folder, 'beside'), ledger, ledgerId: LEDGER_ID });
    const followTo = async (height: bigint): Promise<void> => {
      const stop = new AbortController();
      projection.onBlock(() => {
        if (projection.height >= height) stop.abort();
      });
      await projection.follow(stop.signal);
    };
    const all = BigInt((await fake.client().ledger()).height);
    await followTo(all - 6n);
    // A finding is open about the sample: the report rests on it, until the sample does not stand at all.
    const receipt = reports.inspected.record.cites.find(({ key }) => key.endsWith('/sample-receipt'))!;
    const own = {
      marking: new ProjectedMarkFacts(projection),
      findings: () => Promise.resolve(new Map([[receipt.record, ['a finding']]])),
    };
    const [following, anew] = [new EndedInputs(projection, own), new EndedInputs(projection, own, 0)];
    const ids = [notInspected, reports.inspected].map(({ id }) => id);
    const told = (inputs: EndedInputs): Promise<unknown[]> => Promise.all(ids.map((id) => inputs.of(id)));
    const doubted = (inputs: EndedInputs): Promise<unknown> => inputs.doubtedOf(reports.inspected.id);
    for (const inputs of [following, anew])
      expect(await doubted(inputs)).toEqual([{ id: receipt.record, key: receipt.key }]);
    const before = await told(anew);
    expect(await told(following)).toEqual(before);
    await followTo(all);
    for (const inputs of [following, anew]) expect(await doubted(inputs)).toEqual([]);
    const after = await told(anew);
    expect(await told(following)).toEqual(after);
    expect([before[1], after[1]]).toEqual([[], [expect.anything()]]);
    // By party: whoever asks for its own is given nothing of anybody else's, however much there is.
    for (const inputs of [anew, following]) {
      const own = await inputs.restingOf(lab);
      expect(own).toEqual(expect.arrayContaining(ids));
      const issuers = (await projection.reader.records(own)).map((entry) => entry?.record.issuer);
      expect(new Set(issuers)).toEqual(new Set([lab]));
      expect(await inputs.restingOf('91110000MA0FAKE3W8')).toEqual([]);
    }
    await projection.close();
  });
});
