export { attachmentsOf, type AttachmentLimits, type PdfAttachment } from './attachments';
export { isPdf } from './file';
export { certifiedFolder, MAX_CERTIFIED, type CertifiedFolder, type LookedUpFile } from './certified-folder';
export { CERTIFICATE_SCHEMA, isCertificate, MAX_CERTIFICATE_BYTES, receiptsInCertificate } from './certificate';
