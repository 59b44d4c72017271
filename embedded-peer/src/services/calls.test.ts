import { EventEmitter } from 'node:events';
import { send, type StreamCall } from './calls';

/** A client that reads nothing until it is told to. */
class SlowCall extends EventEmitter implements StreamCall<string> {
  cancelled = false;
  readonly written: string[] = [];

  write(message: string): boolean {
    this.written.push(message);
    return false;
  }

  end(): void {
    this.emit('close');
  }
}

const listenersOf = (call: SlowCall): number =>
  call.eventNames().reduce((sum, name) => sum + call.listenerCount(name), 0);

describe('a stream to a client that reads slowly', () => {
  it.each(['drain', 'close', 'cancelled'])('goes on at %s, and leaves no listener behind', async (event) => {
    const call = new SlowCall();
    for (const message of ['a', 'b', 'c']) {
      const sent = send(call, message);
      expect(listenersOf(call)).toBe(3);
      call.emit(event);
      await sent;
      expect(listenersOf(call)).toBe(0);
    }
    expect(call.written).toEqual(['a', 'b', 'c']);
  });

  it('writes nothing to one that has left', async () => {
    const call = new SlowCall();
    call.cancelled = true;
    await send(call, 'a');
    expect(call.written).toEqual([]);
  });
});
