export {
  earlierAnchor,
  type AnchoredEntry,
  type EarlierAnchor,
  type FiguresById,
  type HeadEntry,
  type RecordPlace,
  type SubmissionEntry,
} from './entries';
export {
  chunksOfGiven,
  partOfGiven,
  isOfSystem,
  kindInWords,
  ofSystem,
  readGiven,
  readNamed,
  readText,
  type PlaceKind,
} from './given-file';
export { headsAfter, headWrites, type Arrival, type HeadChange } from './heads';
export { figureWrites, recordWrites, standingWrites, type StoredStanding } from './index-writes';
export { readOrCreateSecret, replaceSecret } from './key-file';
export { keys, padded, prefixes } from './keys';
export { LogTree, type LogRoots } from './log-tree';
export { placeText, purgedBy, type Purged } from './purges';
export { parseStored, rebuildIt, Store, type BatchOperation } from './store';
export { TemporaryFolder } from './temporary-folder';
export { worldPlace } from './world';
export { parseSecret } from './key-file';
export { standingsAfter } from './index-writes';
export {
  checkReadLog,
  headBefore,
  readFileName,
  readFiles,
  readHead,
  readLines,
  REMOVED_FILE,
  type ReadLogCheck,
} from './read-files';
export {
  nextLine,
  NO_READS,
  parseLine,
  type PrivateRead,
  type ReadHead,
  type ReadLine,
  type ShownRecord,
} from './read-line';
