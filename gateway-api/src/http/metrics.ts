import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { endOf } from './tls-pair';

export interface MetricSources {
  readonly logSize: () => number;
  readonly height: () => bigint;
  readonly checkpointSize: () => number;
  readonly waiting: () => number;
  /** As `/readyz` says. */
  readonly isReady: () => boolean;
  /** Organisations whose contract is gone round. */
  readonly endorsersAway: () => readonly string[];
  /** Certificates that the service shows to others, by what they are for. */
  readonly certificates: () => readonly WatchedCertificate[];
}

export interface WatchedCertificate {
  /** `tls`, `identity`, … */
  readonly name: string;
  /** PEM; of several the first counts. */
  readonly certificate: Uint8Array;
}

/** Gauges of the library that are named as counters, which Prometheus' own linter refuses; others tell the same. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** Prometheus metrics of one gateway. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'route' | 'status'>;
  readonly #submissions: Counter<'state'>;
  #written: Promise<string> | undefined;

  constructor(sources: MetricSources) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
    this.#requests = new Histogram({
      name: 'carbon_ledger_request_seconds',
      help: 'Time until an answer was sent',
      labelNames: ['route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
      registers,
    });
    this.#submissions = new Counter({
      name: 'carbon_ledger_submissions_total',
      help: 'Submissions by what became of them',
      labelNames: ['state'],
      registers,
    });
    this.#gauge('carbon_ledger_log_size', 'Records in the log', sources.logSize);
    this.#gauge('carbon_ledger_blocks', 'Blocks that were read', () => Number(sources.height()));
    this.#gauge('carbon_ledger_checkpoint_size', 'Records under the last signed checkpoint', sources.checkpointSize);
    this.#gauge('carbon_ledger_waiting', 'Submissions that wait for a transaction', sources.waiting);
    this.#gauge('carbon_ledger_ready', 'Whether the service answers with all that it should (1) or not (0)', () =>
      sources.isReady() ? 1 : 0,
    );
    this.#endorsersAway(sources.endorsersAway);
    this.#certificates(sources.certificates);
  }

  /** All of them in words; who asks at the same time is given the same. */
  text(): Promise<string> {
    this.#written ??= this.registry.metrics().finally(() => {
      this.#written = undefined;
    });
    return this.#written;
  }

  /** Starts a request's clock; what it returns stops it and tells the seconds. */
  startRequest(): (route: string, status: number) => number {
    const end = this.#requests.startTimer();
    return (route, status) => end({ route, status: String(status) });
  }

  submission(state: string): void {
    this.#submissions.inc({ state });
  }

  #endorsersAway(read: MetricSources['endorsersAway']): void {
    new Gauge({
      name: 'carbon_ledger_endorser_away',
      help: 'Organisations whose contract did not answer when it was last asked to endorse',
      labelNames: ['organisation'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const organisation of read()) this.set({ organisation }, 1);
      },
    });
  }

  #certificates(read: MetricSources['certificates']): void {
    new Gauge({
      name: 'carbon_ledger_certificate_expires_timestamp_seconds',
      help: 'When a certificate that the service shows to others ends',
      labelNames: ['certificate'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { name, certificate } of read())
          this.set({ certificate: name }, endOf(certificate).getTime() / 1000);
      },
    });
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }
}
