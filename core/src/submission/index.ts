export {
  assertKeyPossessed,
  keyPossessionDigest,
  keyPossessionTypes,
  offerKey,
  provePossession,
  type OfferedKey,
} from './key-possession';
export {
  addressOf,
  recoverAddress,
  secp256k1Signer,
  signSubmission,
  verifySubmissionSignature,
  type Signer,
  type SubmissionBody,
  type VerificationKey,
} from './sign';
export { maxRecordBytes, MOST_FAULTS } from './bounds';
export { runToEnd, type Steps } from './steps';
export {
  digestingSubmission,
  digestOf,
  digestSubmission,
  formatSubmissionId,
  maxRecordsPerSubmission,
  parseSubmission,
  parsingSubmission,
  recordsRoot,
  signatureSuites,
  submissionText,
  unixSeconds,
  type DigestedSubmission,
  type SignatureSuite,
  type SignedSubmission,
} from './submission';
export { submissionDigest, submissionDomain, submissionTypes, type SubmissionMessage } from './typed-data';
