import { Agent, request } from 'node:http';

/** The body of an answer as text. */
function textOf(answer) {
  return new Promise((resolve) => {
    const parts = [];
    answer.on('data', (part) => parts.push(part));
    answer.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
  });
}

/** Bytes of an answer's body, which are read and not kept. */
export function lengthOf(answer) {
  return new Promise((resolve) => {
    let length = 0;
    answer.on('data', (part) => (length += part.length));
    answer.on('end', () => resolve(length));
  });
}

/** A small HTTP client with kept connections: what is measured is the service, not the client. */
export class Caller {
  #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  #base;

  constructor(base) {
    this.#base = base;
  }

  /** @param read what becomes of the answer's body; default: its text */
  call(method, path, body, headers = {}, read = textOf) {
    return new Promise((resolve, reject) => {
      const sent = request(this.#base + path, {
        method,
        agent: this.#agent,
        headers: {
          ...headers,
          ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
        },
      });
      // A kept connection may be closed by the service while this process makes records: sending the same again changes nothing.
      sent.on('error', (error) => {
        if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(this.call(method, path, body, headers, read));
        else reject(error);
      });
      sent.on('response', (answer) => {
        read(answer).then(
          (held) => resolve({ status: answer.statusCode, headers: answer.headers, body: held }),
          reject,
        );
      });
      sent.end(body);
    });
  }

  close() {
    this.#agent.destroy();
  }
}

export function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Runs `jobs` (functions giving promises) with a fixed number in flight; times in milliseconds. */
export async function drive(jobs, concurrency) {
  const times = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < jobs.length; index = next++) {
      const begun = performance.now();
      await jobs[index]();
      times.push(performance.now() - begun);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: Math.min(concurrency, jobs.length) }, worker));
  const seconds = (performance.now() - begun) / 1000;
  times.sort((a, b) => a - b);
  return {
    perSecond: jobs.length / seconds,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    count: jobs.length,
  };
}
