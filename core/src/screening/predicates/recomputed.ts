import { Lacking } from '../lacking';
import type { Predicate, PredicateInput } from './predicate';

/** Figures of the records that differ from what the year's methodology makes of their inputs. */
function find({ index, records, arguments: argument }: PredicateInput): ReturnType<Predicate['find']> {
  const broken = index.broken();
  if (broken === undefined) throw new Lacking('the methodology of the year');
  const keys = new Set(records.map(({ key }) => key));
  const figures = argument('figures');
  return broken
    .filter(
      ({ address, figure }) =>
        keys.has(address.split('#')[0] ?? '') && (figures.length === 0 || figures.includes(figure)),
    )
    .map(({ address, inputs, got, expected }) => ({
      at: address.split('#')[0] ?? '',
      touches: [address, ...inputs],
      got,
      limit: expected,
    }));
}

export const recomputed: Predicate = { takes: [], mayTake: ['figures'], find };
