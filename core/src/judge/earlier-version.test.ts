import { build, TrialWorld } from '../../../test/support/trial-world';
import { figuresRoot, recordId, type BuiltRecord, type Judgement } from '..';

const codes = (judgement: Judgement): string[] =>
  judgement.refused.flatMap(({ faults }) => faults.map(({ code, path }) => `${code} ${path}`));

interface Versions {
  readonly world: TrialWorld;
  readonly first: BuiltRecord;
  readonly next: BuiltRecord;
}

/** A laboratory's report with private figures that was opened again, and its next version with salts of its own. */
async function opened(): Promise<Versions> {
  const world = await TrialWorld.open();
  const receipt = world.receipt();
  const first = world.report(receipt);
  await world.anchor([receipt, first]);
  await world.anchor([supersede(first)]);
  return { world, first, next: world.nextVersion(first) };
}

function supersede(record: BuiltRecord): BuiltRecord {
  return build({
    ...{ type: 'supersession', kind: `supersession.${record.record.type}`, issuer: record.record.issuer },
    subject: record.record.subject,
    version: record.record.version,
    cites: { superseded: [record] },
    content: { reason: 'CORRECTION', statement: 'typing error' },
  });
}

/** The same version with salts taken from elsewhere; root and id are right. */
function salted({ key, record, figures }: BuiltRecord, salt: (at: number) => string | undefined): BuiltRecord {
  const own = figures.map((figure, at) => ({ ...figure, salt: salt(at) ?? figure.salt }));
  const changed = { ...record, figuresRoot: figuresRoot(own) };
  return { key, id: recordId(changed), record: changed, figures: own };
}

describe('the salts of a version', () => {
  it('are none of the version before it, at whatever figure', async () => {
    const { world, first, next } = await opened();
    const old = first.figures.map(({ salt }) => salt);
    const places = (count: number): string[] =>
      Array.from({ length: count }, (_, at) => `SALT_REUSED /records/0/figures/${String(at)}/salt`);
    expect(codes(await world.submit([salted(next, (at) => old[at])]))).toEqual(places(old.length));
    expect(codes(await world.submit([salted(next, (at) => (at === 0 ? old[1] : undefined))]))).toEqual(places(1));
    await world.anchor([next]);
  });

  it('are none of an older version either, where that is at hand', async () => {
    const { world, first, next } = await opened();
    await world.anchor([next]);
    await world.anchor([supersede(next)]);
    const third = world.nextVersion(next);
    const reused = salted(third, (at) => (at === 0 ? first.figures[0]?.salt : undefined));
    expect(codes(await world.submit([reused]))).toEqual(['SALT_REUSED /records/0/figures/0/salt']);
    await world.anchor([third]);
  });

  it('cannot be told without the version before it: it comes with the transaction', async () => {
    const { world, first, next } = await opened();
    world.ledger.withhold(first.id);
    expect(codes(await world.submit([next]))).toEqual(['CONTEXT_MISSING /records/0/version']);
  });

  it('are not asked for once the figures may have been purged', async () => {
    const { world, first, next } = await opened();
    world.ledger.withhold(first.id);
    Object.assign(world.ledger.facts, { time: '2029-06-01T00:00:00Z' });
    expect(codes(await world.submit([next], { signedAt: '2029-06-01T00:00:00Z' }))).toEqual([]);
  });
});
