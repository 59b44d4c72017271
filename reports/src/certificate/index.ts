export { makeCertificate, MAX_CERTIFIED, type CertificateRequest } from './certificate';
export { isAsIssued } from './reissue';
export type { CertificateStatement, ListedFile } from './statement';
