import { Contract, type Context } from 'fabric-contract-api';

/** A contract that touches every call of the stub; for tests only. */
export class ProbeContract extends Contract {
  constructor() {
    super('probe');
  }

  async init(ctx: Context, owner: string): Promise<void> {
    await ctx.stub.putState('owner', Buffer.from(owner));
    await ctx.stub.putState('init-transient', Buffer.from(ctx.stub.getTransient().get('note') ?? ''));
  }

  async put(ctx: Context, key: string, value: string): Promise<string> {
    await ctx.stub.putState(key, Buffer.from(value));
    return value;
  }

  async get(ctx: Context, key: string): Promise<string> {
    return Buffer.from(await ctx.stub.getState(key)).toString();
  }

  async remove(ctx: Context, key: string): Promise<void> {
    await ctx.stub.deleteState(key);
  }

  /** Reads, writes, and reads again: the second read must not see the write. */
  async increment(ctx: Context, key: string): Promise<string> {
    const before = Number(Buffer.from(await ctx.stub.getState(key)).toString() || '0');
    await ctx.stub.putState(key, Buffer.from(String(before + 1)));
    const after = Buffer.from(await ctx.stub.getState(key)).toString() || '0';
    return `${before}:${after}`;
  }

  async range(ctx: Context, start: string, end: string): Promise<string> {
    const found: string[] = [];
    for await (const { key, value } of ctx.stub.getStateByRange(start, end)) {
      found.push(`${key}=${Buffer.from(value).toString()}`);
    }
    return found.join(',');
  }

  async countThenPut(ctx: Context, start: string, end: string, key: string): Promise<string> {
    let count = 0;
    for await (const entry of ctx.stub.getStateByRange(start, end)) if (entry.key !== '') count += 1;
    await ctx.stub.putState(key, Buffer.from(String(count)));
    return String(count);
  }

  async page(ctx: Context, start: string, end: string, size: string, bookmark: string): Promise<string> {
    const response = await ctx.stub.getStateByRangeWithPagination(start, end, Number(size), bookmark);
    const keys: string[] = [];
    for (let next = await response.iterator.next(); !next.done; next = await response.iterator.next()) {
      keys.push(next.value.key);
    }
    return JSON.stringify({ keys, ...response.metadata });
  }

  async history(ctx: Context, key: string): Promise<string> {
    const changes: string[] = [];
    for await (const change of ctx.stub.getHistoryForKey(key)) {
      changes.push(change.isDelete ? '-' : Buffer.from(change.value).toString());
    }
    return changes.join(',');
  }

  async putSecret(ctx: Context, collection: string, key: string): Promise<void> {
    const secret = ctx.stub.getTransient().get('secret');
    if (!secret) throw new Error('BAD_REQUEST: {"path":"secret"}');
    await ctx.stub.putPrivateData(collection, key, secret);
  }

  /** A large public value and a large private one, both from transient data: no large arguments. */
  async bulk(ctx: Context, collection: string, key: string): Promise<void> {
    const value = ctx.stub.getTransient().get('value') ?? new Uint8Array();
    await ctx.stub.putState(key, value);
    await ctx.stub.putPrivateData(collection, key, value);
  }

  async getSecret(ctx: Context, collection: string, key: string): Promise<string> {
    return Buffer.from(await ctx.stub.getPrivateData(collection, key)).toString();
  }

  async secretHash(ctx: Context, collection: string, key: string): Promise<string> {
    return Buffer.from(await ctx.stub.getPrivateDataHash(collection, key)).toString('hex');
  }

  async removeSecret(ctx: Context, collection: string, key: string): Promise<void> {
    await ctx.stub.deletePrivateData(collection, key);
  }

  async purgeSecret(ctx: Context, collection: string, key: string): Promise<void> {
    await ctx.stub.purgePrivateData(collection, key);
  }

  async secrets(ctx: Context, collection: string, start: string, end: string): Promise<string> {
    const keys: string[] = [];
    const result = await ctx.stub.getPrivateDataByRange(collection, start, end);
    const iterator = 'iterator' in result ? (result.iterator as typeof result) : result;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) keys.push(next.value.key);
    return keys.join(',');
  }

  async setPolicy(ctx: Context, key: string): Promise<void> {
    const policy = ctx.stub.getTransient().get('policy');
    if (policy) await ctx.stub.setStateValidationParameter(key, policy);
  }

  async getPolicy(ctx: Context, key: string): Promise<string> {
    const policy = (await ctx.stub.getStateValidationParameter(key)) as Uint8Array | undefined;
    return policy ? Buffer.from(policy).toString('hex') : '';
  }

  async announce(ctx: Context, name: string, payload: string): Promise<void> {
    await ctx.stub.putState(`announced-${name}`, Buffer.from(payload));
    ctx.stub.setEvent(name, Buffer.from(payload));
  }

  async creator(ctx: Context): Promise<string> {
    return Promise.resolve(`${ctx.clientIdentity.getMSPID()} ${ctx.stub.getDateTimestamp().toISOString().length}`);
  }

  /** Ends the thread that the peer runs on. */
  async crash(): Promise<void> {
    setImmediate(() => {
      throw new Error('nobody catches this');
    });
    return Promise.resolve();
  }

  async refuse(_ctx: Context, message: string): Promise<void> {
    return Promise.reject(new Error(message));
  }

  async richQuery(ctx: Context): Promise<void> {
    await ctx.stub.getQueryResult('{"selector":{}}');
  }

  async callOther(ctx: Context): Promise<void> {
    await ctx.stub.invokeChaincode('other', ['x'], '');
  }
}
