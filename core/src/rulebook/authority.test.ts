import { provePossession, secp256k1Signer, usccCheckDigit, type BuiltRecord, type Judgement, type PartyKind } from '..';
import {
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyKey,
  trialPartyRecord,
  trialProvinceAuthority,
  type TrialParty,
} from '../../../plant-year/src/trial';
import { build, enterprise, lab, msp, TrialWorld, unitOne, verifier } from '../../../test/support/trial-world';
import { ccerLot, voluntary } from '../../../test/support/trial-year';

const nation = trialNationalAuthority.uscc;
const shanxi = trialProvinceAuthority('140000').uscc;
const guangdong = trialProvinceAuthority('440000');
const uscc = (first17: string): string => first17 + usccCheckDigit(first17);
const city: TrialParty = { uscc: uscc('11140600MA0TRYC01'), name: '朔州市', kind: 'city-authority', region: '140600' };
const thief = secp256k1Signer(new Uint8Array(32).fill(7));

const codes = (judgement: Judgement): string[] =>
  judgement.refused.flatMap(({ faults }) => faults.map(({ code }) => code));

let world: TrialWorld;
beforeEach(async () => {
  world = await TrialWorld.open();
  await world.anchor([guangdong, city].map((party) => trialPartyRecord(party, nation, [msp])));
});

/** The next version of a party's registration, by whom it pleases. */
function registration(party: TrialParty, issuer: string, change: Record<string, unknown>, version = 2): BuiltRecord {
  const { content } = trialPartyRecord(party, issuer, [msp]).record;
  const subject = { uscc: party.uscc, unit: '-', period: '-' };
  return build({ type: 'party', issuer, subject, version, content: { ...content, ...change } });
}

async function keyOfThief(party: string): Promise<Record<string, unknown>> {
  return { ...trialPartyKey(party), id: thief.keyId, proof: await provePossession(party, thief) };
}

describe('a registered party', () => {
  const standing: TrialParty[] = [enterprise, lab, verifier, trialCcerRegistry, trialNationalAuthority, city];
  it.each(standing.map((party) => [party.kind, party] as const))(
    'of kind %s is not taken over by the authority of another province',
    async (_, party) => {
      const keys = [await keyOfThief(party.uscc)];
      const found = codes(await world.submit([registration(party, guangdong.uscc, { keys, region: '440000' })]));
      expect(new Set(found)).toEqual(new Set(['NOT_ALLOWED_TO_FILE']));
    },
  );

  it.each<PartyKind>(['lab', 'verifier', 'inspector', 'province-authority'])('never becomes a %s', async (kind) => {
    for (const issuer of [shanxi, nation])
      expect(codes(await world.submit([registration(enterprise, issuer, { kind })]))).toContain('NOT_ALLOWED_TO_FILE');
  });

  it('changes its own keys with its old one, and nothing else', async () => {
    const key = await keyOfThief(lab.uscc);
    const wider = registration(lab, lab.uscc, { qualifications: [] });
    expect(codes(await world.submit([wider]))).toEqual(['NOT_ALLOWED_TO_FILE']);
    await world.anchor([registration(lab, lab.uscc, { keys: [trialPartyKey(lab.uscc), key] })]);
    expect(codes(await world.submit([world.receipt()], { signer: thief }))).toEqual([]);
  });

  it('registers no key that its holder has not offered, and none of another party', async () => {
    const stolen = { ...trialPartyKey(verifier.uscc) };
    expect(codes(await world.submit([registration(lab, nation, { keys: [stolen] })]))).toEqual(['SIGNATURE_INVALID']);
    const own = await keyOfThief(lab.uscc);
    await world.anchor([registration(lab, nation, { keys: [own] })]);
    const again = registration(verifier, nation, { keys: [await keyOfThief(verifier.uscc)] });
    expect(codes(await world.submit([again]))).toEqual(['IDENTITY_TAKEN']);
  });

  it('signs nothing any more from the instant at which it is ended, suspended, withdrawn or its key compromised', async () => {
    await world.anchor([registration(lab, nation, { status: 'suspended' })]);
    expect((await world.submit([world.receipt()])).refused[0]?.code).toBe('PARTY_SUSPENDED');
    await world.anchor([registration(lab, nation, { status: 'ended' }, 3)]);
    expect((await world.submit([world.receipt()])).refused[0]?.code).toBe('PARTY_ENDED');
    const compromised = [{ ...trialPartyKey(lab.uscc), compromisedSince: '2026-01-01T00:00:00Z' }];
    await world.anchor([registration(lab, nation, { keys: compromised }, 4)]);
    expect((await world.submit([world.receipt()])).refused[0]?.code).toBe('KEY_NOT_VALID');
    const back = registration(lab, nation, {}, 5);
    await world.anchor([back]);
    await world.anchor([world.revocation(back, nation)]);
    expect((await world.submit([world.receipt()])).refused[0]?.code).toBe('PARTY_ENDED');
    await world.anchor([registration(lab, nation, {}, 6)]);
    await world.anchor([world.receipt()]);
  });

  it('moves to another province where the old one asks and the new one takes it', async () => {
    const moved = registration(enterprise, guangdong.uscc, { region: '440100' });
    expect(codes(await world.submit([moved]))).toContain('NOT_ALLOWED_TO_FILE');
    await world.anchor([registration(enterprise, shanxi, { movingTo: '440000' })]);
    await world.anchor([registration(enterprise, guangdong.uscc, { region: '440100' }, 3)]);
    expect(codes(await world.submit([registration(enterprise, shanxi, {}, 4)]))).toContain('NOT_ALLOWED_TO_FILE');
  });
});

describe('corrections', () => {
  it('of the rules of the nation are the national authority’s alone', async () => {
    for (const issuer of [city.uscc, shanxi, guangdong.uscc, enterprise.uscc]) {
      expect(codes(await world.submit([world.revocation(world.methodology, issuer)]))).toEqual(['NOT_ALLOWED_TO_FILE']);
      expect(codes(await world.submit([world.supersession(world.parameters, issuer)]))).toEqual([
        'NOT_ALLOWED_TO_FILE',
      ]);
    }
  });

  it('leave a key with a lawful way on, whatever was withdrawn', async () => {
    const plan = world.plan();
    await world.anchor([plan]);
    await world.anchor([world.revocation(plan, shanxi)]);
    expect(codes(await world.submit([world.plan('U1', { boiler: '另一台' })]))).toEqual(['KEY_TAKEN']);
    await world.anchor([world.nextVersion(plan)]);
    await world.anchor([world.revocation(world.methodology, nation)]);
    await world.anchor([world.nextVersion(world.methodology)]);
  });

  it('of a plant’s record are not those of a city, of another province or of a stranger', async () => {
    const plan = world.plan();
    await world.anchor([plan]);
    for (const issuer of [city.uscc, guangdong.uscc, lab.uscc, verifier.uscc, trialCcerRegistry.uscc])
      expect(codes(await world.submit([world.supersession(plan, issuer)]))).toEqual(['NOT_ALLOWED_TO_FILE']);
    await world.anchor([world.supersession(plan, shanxi)]);
  });
});

describe('a step that was taken', () => {
  it('is not taken back by withdrawing its record: acceptance and correction stand', async () => {
    const plan = world.plan();
    await world.anchor([plan]);
    const accepted = world.review(plan, { decision: 'accept', reasons: [] });
    await world.anchor([accepted]);
    for (const issuer of [shanxi, nation])
      expect(codes(await world.submit([world.revocation(accepted, issuer)]))).toEqual(['NOT_ALLOWED_TO_FILE']);
    const opened = world.supersession(plan, shanxi);
    await world.anchor([opened]);
    expect(codes(await world.submit([world.revocation(opened, shanxi)]))).toEqual(['NOT_ALLOWED_TO_FILE']);
  });

  it('of ending a key is not undone by leaving the key out and bringing it back', async () => {
    const other = await keyOfThief(lab.uscc);
    const ended = { ...other, validTo: '2026-01-01T00:00:00Z' };
    const own = trialPartyKey(lab.uscc);
    await world.anchor([registration(lab, nation, { keys: [own, ended] })]);
    const without = registration(lab, lab.uscc, { keys: [own] }, 3);
    expect(codes(await world.submit([without]))).toEqual(['NOT_ALLOWED_TO_FILE']);
  });
});

describe('units', () => {
  it('are not registered twice by another spelling, nor by another’s code', async () => {
    const other = { ...unitOne, facilityCode: 'MF0009' };
    for (const id of ['u1', 'U-1', 'U01'])
      expect(codes(await world.submit([world.facility([unitOne, { ...other, id }], 2)]))).toEqual(['BAD_RECORD']);
    expect(codes(await world.submit([world.facility([unitOne, { ...unitOne, id: 'U7' }], 2)]))).toEqual(['BAD_RECORD']);
  });

  it('count once their province accepted them, and not before', async () => {
    const two = { ...unitOne, id: 'U2', facilityCode: 'MF0009' };
    const facility = world.facility([unitOne, two], 2);
    await world.anchor([facility]);
    expect(codes(await world.submit([world.plan('U2', { facilityCode: 'MF0009' })]))).toEqual(['UNIT_UNKNOWN']);
    expect(
      codes(await world.submit([world.review(facility, { decision: 'accept', reasons: [] }, { issuer: city.uscc })])),
    ).toEqual(['NOT_ALLOWED_TO_FILE']);
    await world.anchor([world.review(facility, { decision: 'accept', reasons: [] }, { version: 2 })]);
    await world.anchor([world.plan('U2', { facilityCode: 'MF0009' })]);
  });
});

describe('who works for a plant', () => {
  it('is engaged for the year, or files nothing', async () => {
    const stranger: TrialParty = { ...lab, uscc: uscc('91440000MA0ADXB01'), region: '440000' };
    await world.anchor([trialPartyRecord(stranger, nation, [msp])]);
    const squat = build({ ...draftOf(world.receipt()), issuer: stranger.uscc });
    expect(codes(await world.submit([squat]))).toEqual(['NOT_ALLOWED_TO_FILE']);
    const engagement = world.engagement('testing', lab.uscc);
    await world.anchor([world.revocation(engagement)]);
    expect(codes(await world.submit([world.receipt()]))).toEqual(['NOT_ALLOWED_TO_FILE']);
  });

  it('cannot prepare and verify in one year (R-D08)', async () => {
    const taken = world.engagement('preparation', verifier.uscc);
    expect(codes(await world.submit([taken])).length).toBeGreaterThan(0);
  });
});

function draftOf({ record }: BuiltRecord): Parameters<typeof build>[0] {
  const { type, issuer, subject, content } = record;
  return { type, issuer, subject, content };
}

describe('a CCER slip', () => {
  it('is reversed whole by its registry, and its numbers are free again', async () => {
    const lot = ccerLot();
    const slip = voluntary(lot, '1', [1, 100]);
    await world.anchor([lot, slip]);
    const reversal = (target: BuiltRecord, extra: Record<string, unknown>): BuiltRecord =>
      build({
        type: 'ccer-reversal',
        kind: `ccer-reversal.${target.record.kind.replaceAll('.', '_')}`,
        issuer: trialCcerRegistry.uscc,
        subject: target.record.subject,
        content: {
          serialFrom: target.record.content['serialFrom'],
          serialTo: target.record.content['serialTo'],
          qty: target.record.content['qty'],
          statement: '录入错误',
          ...extra,
        },
        cites: { reversed: [target] },
      });
    expect(codes(await world.submit([reversal(lot, {})]))).toEqual(['STATE_CONFLICT']);
    await world.anchor([reversal(slip, { purpose: 'voluntary' })]);
    await world.anchor([voluntary(lot, '2', [50, 150])]);
    expect(codes(await world.submit([voluntary(lot, '3', [150, 151])]))).toEqual(['SERIAL_OVERLAP']);
  });
});
