export { makeCertificate, type CertificateRequest } from './certificate';
export { isAsIssued } from './reissue';
export type { CertificateStatement } from './statement';
