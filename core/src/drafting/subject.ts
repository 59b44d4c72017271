import type { Asking } from '../agenda';
import type { Fault } from '../errors';
import { parseBusinessKey, type Subject } from '../identifiers';
import { aboutUnits, isPeriodOf, isUnitOf } from '../judge/subjects';
import type { RecordTypeSpec, Rulebook } from '../rulebook';
import type { ActedOn } from './acting';
import type { DraftRequest } from './request';

/** The subject of what is acted on; of what is merely rested on, as a lot of credits, where the record can be about it at all. */
function subjectOn(on: ActedOn | undefined, spec: RecordTypeSpec): Subject | undefined {
  if (on === undefined) return undefined;
  const { uscc, unit, period } = parseBusinessKey(on.current.key);
  const isFit = on.step !== undefined || (isUnitOf(spec, { unit }) && isPeriodOf(spec, { period }));
  return isFit ? { uscc, unit, period } : undefined;
}

/** What a draft is about: as stated, else the subject of what it acts on, else who files. */
export function subjectOf({ issuer, subject }: DraftRequest, on: ActedOn | undefined, spec: RecordTypeSpec): Subject {
  const only = spec.unit === 'plant' ? 'PLANT' : '-';
  const { uscc, unit, period } = subjectOn(on, spec) ?? { uscc: issuer, unit: only, period: '-' };
  return { uscc: subject?.uscc ?? uscc, unit: subject?.unit ?? unit, period: subject?.period ?? period };
}

/** Who files about others says about whom: nothing that the ledger knows would tell it. */
export function unsaidSubject(
  { type, subject }: DraftRequest,
  on: ActedOn | undefined,
  { party }: Asking,
  { types }: Rulebook,
): readonly Fault[] | undefined {
  const spec = types[type];
  const own = spec.filed.filter(({ by }) => by === party.content.kind);
  const isOfOthers = own.length > 0 && own.every(({ as }) => as !== 'self' && as !== 'party');
  if (subject?.uscc !== undefined || !aboutUnits.has(spec.unit) || !isOfOthers) return undefined;
  if (subjectOn(on, spec) !== undefined) return undefined;
  const message = 'it is not said about which enterprise this is: name its USCC as the subject';
  return [{ path: '/subject/uscc', code: 'BAD_RECORD', message }];
}
