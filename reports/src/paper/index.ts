export { makePdf } from './make-pdf';
export {
  inLanguage,
  type Attachment,
  type Block,
  type Cell,
  type Column,
  type Language,
  type Paper,
  type Tone,
  type Words,
} from './paper';
