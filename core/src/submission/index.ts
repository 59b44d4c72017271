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
export {
  digestOf,
  digestSubmission,
  formatSubmissionId,
  maxRecordsPerSubmission,
  parseSubmission,
  recordsRoot,
  signatureSuites,
  submissionText,
  unixSeconds,
  type DigestedSubmission,
  type SignatureSuite,
  type SignedSubmission,
} from './submission';
export { submissionDigest, submissionDomain, submissionTypes, type SubmissionMessage } from './typed-data';
