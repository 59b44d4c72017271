import { equalBytes } from '../bytes';
import { LedgerError } from '../errors';
import { KEY_USAGE, type Certificate, type Extensions } from './certificate';
import { untrusted } from './fault';
import { isSignedBy } from './public-key';

/** More certificates between signer and root than any authority has. */
const MAX_CHAIN = 6;
/** id-kp-timeStamping */
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/**
 * The certificates from the signer up to a root that the policy pins, both included. A root is trusted because it is
 * pinned: it need not have signed itself, and may be the signer's own certificate.
 * @throws LedgerError TIMESTAMP_UNTRUSTED
 */
export function findChain(
  signer: Certificate,
  companions: readonly Certificate[],
  roots: readonly Certificate[],
): Certificate[] {
  const chain = extend([signer], companions, roots);
  if (chain === undefined) throw untrusted('no chain leads from its certificate to a pinned root');
  return chain;
}

function extend(
  chain: readonly Certificate[],
  companions: readonly Certificate[],
  roots: readonly Certificate[],
): Certificate[] | undefined {
  const last = chain.at(-1);
  if (last === undefined || chain.length > MAX_CHAIN) return undefined;
  if (roots.some((root) => equalBytes(root.bytes, last.bytes))) return [...chain];
  const above = chain.length - 1;
  for (const issuer of [...roots, ...companions]) {
    if (chain.includes(issuer) || !isIssuer(issuer, last, above)) continue;
    const found = extend([...chain, issuer], companions, roots);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** RFC 5280 section 6.1.4: an authority, with room for this many authorities below, that signed this certificate. */
function isIssuer(issuer: Certificate, certificate: Certificate, below: number): boolean {
  if (!mayIssue(issuer.extensions, below) || !equalBytes(issuer.subject, certificate.issuer)) return false;
  const { scheme, digest } = certificate.algorithm ?? {};
  if (scheme === undefined || digest === undefined) return false;
  return isSignedBy(issuer.key, { scheme, digest }, certificate.signedBytes, certificate.signature);
}

function mayIssue({ isAuthority, pathLength, keyUsage, unknownCritical }: Extensions, below: number): boolean {
  const usage = keyUsage ?? KEY_USAGE.certificateSign;
  const signs = (usage & KEY_USAGE.certificateSign) !== 0;
  return isAuthority && signs && below <= (pathLength ?? MAX_CHAIN) && unknownCritical.length === 0;
}

/**
 * The signer's certificate is for time stamping, for nothing else, and says so critically (RFC 3161 section 2.3).
 * @throws LedgerError TIMESTAMP_UNTRUSTED
 */
export function assertTimestampSigner({ extensions }: Certificate): void {
  const { purposes, purposesCritical, keyUsage, unknownCritical } = extensions;
  if (purposes?.length !== 1 || purposes[0] !== TIME_STAMPING || !purposesCritical) {
    throw untrusted('its certificate is not for time stamping alone');
  }
  const signing = KEY_USAGE.digitalSignature | KEY_USAGE.contentCommitment;
  if (((keyUsage ?? signing) & signing) === 0) throw untrusted('its certificate is not for signing');
  if (unknownCritical.length > 0) throw untrusted('its certificate has critical extensions that are not known here');
}

/** @param time milliseconds since 1970 @throws LedgerError TIMESTAMP_EXPIRED */
export function assertValidAt(chain: readonly Certificate[], time: number): void {
  const expired = chain.some(({ notBefore, notAfter }) => time < notBefore || time > notAfter);
  if (!expired) return;
  const at = new Date(time).toISOString();
  throw new LedgerError('TIMESTAMP_EXPIRED', `A certificate of the authority was not valid at ${at}.`);
}
