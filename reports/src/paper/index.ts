export { makePdf } from './make-pdf';
export { isOfTrial, trialBlocks } from './trial';
export { inLanguage, type Attachment, type Block, type Cell, type Column, type Paper, type Tone } from './paper';
