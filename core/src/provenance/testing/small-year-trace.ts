import { parseFigureAddress } from '../../identifiers';
import type { Figure } from '../../records';
import type { BuiltRecord } from '../../rulebook';
import { someParties } from '../../rulebook/testing/bench';
import type { MarkFacts } from '../marks';
import type { RecordSource } from '../source';
import { traceFigure } from '../trace';
import type { Trace } from '../traced';

const { enterprise } = someParties;

/** The figure on which all others of the small year end. */
export const emissionOfYear = `${enterprise}/U1/2024/annual-report#emission_t`;

export const traceIn = (source: RecordSource, address = emissionOfYear): Promise<Trace> =>
  traceFigure(source, parseFigureAddress(address));

/** Where a trace breaks, each as `UNIT/PERIOD/KIND#figure step`. */
export const breaksOf = ({ breaks }: Trace): string[] =>
  breaks.map(({ figure, step }) => `${figure.slice(enterprise.length + 1)} ${step}`);

/** A record's figures with one of them changed. */
export const withFigure = ({ figures }: BuiltRecord, name: string, value: string): Figure[] =>
  figures.map((figure) => (figure.name === name ? { ...figure, value } : figure));

/** A record that findings are about, and nothing else to be told of any. */
export function findingsAbout(id: string, findings: readonly string[]): MarkFacts {
  const none = (): Promise<never[]> => Promise.resolve([]);
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);
  return {
    ...{ signedWith: nothing, keysOf: none, lateDays: nothing, freezes: none, frozenNumbers: none },
    ...{ endedInputs: none, doubtedInputs: none },
    findings: (one) => Promise.resolve(one.id === id ? findings : []),
  };
}
