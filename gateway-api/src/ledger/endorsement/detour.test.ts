import { common, msp } from '@hyperledger/fabric-protos';
import type { EndorsementRules } from './definition';
import { Detour, type Answer, type Attempt } from './detour';

/** Any `required` of these organisations. */
function rulesOf(required: number, members: readonly string[]): EndorsementRules {
  const nOutOf = new common.SignaturePolicy.NOutOf();
  nOutOf.setN(required);
  nOutOf.setRulesList(
    members.map((_mspId, index) => {
      const signedBy = new common.SignaturePolicy();
      signedBy.setSignedBy(index);
      return signedBy;
    }),
  );
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(nOutOf);
  const policy = new common.SignaturePolicyEnvelope();
  policy.setRule(rule);
  policy.setIdentitiesList(
    members.map((mspId) => {
      const role = new msp.MSPRole();
      role.setMspIdentifier(mspId);
      role.setRole(msp.MSPRole.MSPRoleType.PEER);
      const principal = new msp.MSPPrincipal();
      principal.setPrincipal(role.serializeBinary());
      return principal;
    }),
  );
  return { policies: [policy], members };
}

class Failure extends Error {
  readonly blamed: readonly string[];
  constructor(...blamed: readonly string[]) {
    super(`failed: ${blamed.join()}`);
    this.blamed = blamed;
  }
}

class Bench {
  /** Organisations whose contract is away. */
  readonly away = new Set<string>();
  readonly silent = new Set<string>();
  readonly asked: string[] = [];
  readonly detour: Detour;
  rules: EndorsementRules | undefined = rulesOf(2, ['A', 'B', 'C', 'D']);
  #tasks: { readonly task: () => void; readonly ms: number }[] = [];

  constructor() {
    this.detour = new Detour({
      ownMsp: 'A',
      rules: () => (this.rules === undefined ? Promise.reject(new Error('no lifecycle')) : Promise.resolve(this.rules)),
      blamed: (error) => (error instanceof Failure ? error.blamed : []),
      probe: (mspId) => Promise.resolve(this.#answerOf(mspId)),
      schedule: (task, ms) => this.#tasks.push({ task, ms }),
    });
  }

  #answerOf(mspId: string): Answer {
    if (this.silent.has(mspId)) return 'silent';
    return this.away.has(mspId) ? 'fails' : 'answers';
  }

  readonly attempt: Attempt<string> = (organisations) => {
    const asked = organisations ?? ['A'];
    this.asked.push(organisations === undefined ? 'as found' : asked.join('+'));
    if (asked.some((mspId) => this.silent.has(mspId))) return new Promise(() => undefined);
    const failed = asked.filter((mspId) => this.away.has(mspId));
    return failed.length > 0 ? Promise.reject(new Failure(...failed)) : Promise.resolve(asked.join('+'));
  };

  run(): Promise<string> {
    return this.detour.run(this.attempt);
  }

  /** Lets so much time pass. */
  async pass(elapsed = 3_000): Promise<void> {
    const due = this.#tasks;
    this.#tasks = due.filter(({ ms }) => ms > elapsed).map(({ task, ms }) => ({ task, ms: ms - elapsed }));
    for (const { task, ms } of due) if (ms <= elapsed) task();
    await new Promise(setImmediate);
  }
}

describe('Detour', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });

  it('lets the peer find endorsers while all is well', async () => {
    expect(await bench.run()).toBe('A');
    expect(bench.detour.away).toEqual([]);
  });

  it('goes on with the others at once when the own contract fails, and tells', async () => {
    bench.away.add('A');
    expect(await bench.run()).toBe('B+C');
    expect(bench.detour.away).toEqual(['A']);
    bench.asked.length = 0;
    expect(await bench.run()).toBe('B+C');
    expect(bench.asked).toEqual(['B+C']);
  });

  it('takes another set when one of these fails too', async () => {
    bench.away.add('A').add('B');
    expect(await bench.run()).toBe('C+D');
    expect(bench.detour.away).toEqual(['A', 'B']);
  });

  it('goes round a contract that is silent, without waiting for its time limit', async () => {
    bench.silent.add('A');
    const answer = bench.run();
    await bench.pass();
    expect(await answer).toBe('B+C');
    expect(bench.detour.away).toEqual(['A']);
  });

  it('asks a silent contract seldom, because its peer commits nothing meanwhile', async () => {
    bench.silent.add('A');
    const answer = bench.run();
    await bench.pass();
    await answer;
    bench.silent.clear();
    await bench.pass(50_000);
    expect(bench.detour.away).toEqual(['A']);
    await bench.pass(10_000);
    expect(bench.detour.away).toEqual([]);
  });

  it('comes back to a contract that was silent as soon as it answers what it was asked', async () => {
    let own: (text: string) => void = () => undefined;
    const answer = bench.detour.run((organisations) =>
      organisations === undefined ? new Promise<string>((resolve) => (own = resolve)) : Promise.resolve('others'),
    );
    await bench.pass();
    expect(await answer).toBe('others');
    own('own');
    await new Promise(setImmediate);
    expect(bench.detour.away).toEqual([]);
  });

  it('comes back to the own contract once it answers', async () => {
    bench.away.add('A');
    await bench.run();
    await bench.pass();
    expect(bench.detour.away).toEqual(['A']);
    bench.away.clear();
    await bench.pass();
    expect(bench.detour.away).toEqual([]);
    expect(await bench.run()).toBe('A');
  });

  it('throws what the first attempt threw where no set is left, and is not away from anybody', async () => {
    for (const mspId of ['A', 'B', 'C']) bench.away.add(mspId);
    await expect(bench.run()).rejects.toThrow('failed: A');
    expect(bench.detour.away).toEqual([]);
  });

  it('asks nobody else after a refusal that others would repeat', async () => {
    const refusal = new Error('no such record');
    await expect(bench.detour.run(() => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(bench.asked).toEqual([]);
  });

  it('waits for the own contract where the rules cannot be told', async () => {
    bench.rules = undefined;
    bench.away.add('A');
    await expect(bench.run()).rejects.toThrow('failed: A');
    let answer: (text: string) => void = () => undefined;
    const slow = bench.detour.run(
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
    );
    await bench.pass();
    answer('late');
    expect(await slow).toBe('late');
  });

  it('tries the own way when all the others fail while it was gone round', async () => {
    bench.away.add('A');
    await bench.run();
    bench.away.clear();
    for (const mspId of ['B', 'C', 'D']) bench.away.add(mspId);
    expect(await bench.run()).toBe('A');
  });
});
