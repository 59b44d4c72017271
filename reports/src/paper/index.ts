export { makePdf } from './make-pdf';
export { inLanguage, type Attachment, type Block, type Cell, type Column, type Paper, type Tone } from './paper';
