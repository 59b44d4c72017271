import {
  buildRecord,
  type BuiltRecord,
  derivedSalts,
  keyPossessionDigest,
  type PartyContent,
  type PartyKey,
  type PartyKind,
  provinceOf,
  type SaltSource,
  secp256k1Signer,
  sha256,
  type Signer,
  usccCheckDigit,
  utf8Encode,
} from '@carbon-ledger/core';

/**
 * Parties and keys of a trial ledger. ENTIRELY FICTITIOUS, and no secret: anybody can derive every trial key. They exist so
 * that a newcomer can see the whole story on one machine; a founding with other keys never meets this file.
 */

/** Private key of a trial party (32 bytes): a hash of its code, known to everybody. */
export function trialKey(uscc: string): Uint8Array {
  return sha256(utf8Encode(`carbon-ledger trial key v1|${uscc}`));
}

export function trialSigner(uscc: string): Signer & { sign(digest: Uint8Array): string } {
  return secp256k1Signer(trialKey(uscc));
}

/** Salts of a trial party's figures: the same import makes the same records. */
export function trialSalts(uscc: string): SaltSource {
  return derivedSalts(trialKey(uscc));
}

function trialUscc(first17: string): string {
  return first17 + usccCheckDigit(first17);
}

export interface TrialParty {
  readonly uscc: string;
  readonly name: string;
  readonly kind: PartyKind;
  /** GB/T 2260. */
  readonly region: string;
  readonly identifiers?: Readonly<Record<string, string>>;
  readonly qualifications?: PartyContent['qualifications'];
  /** The group to which it belongs. */
  readonly group?: string;
  /** Of a device: the plant that owns it. */
  readonly owner?: string;
}

export const trialNationalAuthority: TrialParty = {
  uscc: trialUscc('11100000MA0TRYA01'),
  name: '（虚构）国家生态环境主管部门',
  kind: 'national-authority',
  region: '000000',
};

export const trialAllowanceRegistry: TrialParty = {
  uscc: trialUscc('91420000MA0TRYA02'),
  name: '（虚构）全国碳排放权注册登记机构',
  kind: 'allowance-registry',
  region: '420000',
};

export const trialCcerRegistry: TrialParty = {
  uscc: trialUscc('12100000MA0TRYA03'),
  name: '（虚构）温室气体自愿减排注册登记机构',
  kind: 'ccer-registry',
  region: '110000',
};

/** The trial authority of a province: `140000` for every region that begins with 14, `440300` for 深圳, which acts for itself. */
export function trialProvinceAuthority(region: string): TrialParty {
  const province = provinceOf(region).padEnd(6, '0');
  return {
    uscc: trialUscc(`11${province}MA0TRYA04`),
    name: `（虚构）${province} 省级生态环境主管部门`,
    kind: 'province-authority',
    region: province,
  };
}

/** Inspectors of the trial authority of a province. */
export function trialInspector(region: string): TrialParty {
  const province = provinceOf(region).padEnd(6, '0');
  return {
    uscc: trialUscc(`11${province}MA0TRYA05`),
    name: `（虚构）${province} 生态环境执法检查组`,
    kind: 'inspector',
    region: province,
  };
}

/** The trial authority of the city in which a plant lies: `140600` for every region that begins with 1406. */
export function trialCityAuthority(region: string): TrialParty {
  const city = region.slice(0, 4).padEnd(6, '0');
  return {
    uscc: trialUscc(`11${city}MA0TRYA06`),
    name: `（虚构）${city} 市级生态环境主管部门`,
    kind: 'city-authority',
    region: city,
  };
}

/** Keys of a trial ledger are valid from long ago, so that records of past years can be imported. */
const trialValidFrom = '2020-01-01T00:00:00Z';

/** The key of a trial party as its record states it, with its own proof. */
export function trialPartyKey(uscc: string): PartyKey {
  const signer: { readonly keyId: string; sign(digest: Uint8Array): string } = trialSigner(uscc);
  const proof = signer.sign(keyPossessionDigest(uscc, signer.keyId));
  return { id: signer.keyId, suite: 'eip712-secp256k1', validFrom: trialValidFrom, validTo: null, proof };
}

/** The party record of a trial party, with its trial key, marked `trial`. */
export function trialPartyRecord(party: TrialParty, issuer: string, msps: readonly string[]): BuiltRecord {
  const content: PartyContent = {
    name: party.name,
    kind: party.kind,
    region: party.region,
    msps: [...msps],
    keys: [trialPartyKey(party.uscc)],
    qualifications: party.qualifications ?? [],
    status: 'active',
    ...(party.identifiers ? { identifiers: { ...party.identifiers } } : {}),
    ...(party.group === undefined ? {} : { group: party.group }),
    ...(party.owner === undefined ? {} : { owner: party.owner }),
    trial: true,
  };
  return buildRecord(
    { type: 'party', issuer, subject: { uscc: party.uscc, unit: '-', period: '-' }, content },
    trialSalts(issuer),
  );
}
