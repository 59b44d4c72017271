export { attachmentsOf, type AttachmentLimits, type PdfAttachment } from './attachments';
export { isPdf } from './file';
export { CERTIFICATE_SCHEMA, isCertificate, MAX_CERTIFICATE_BYTES, receiptsInCertificate } from './certificate';
