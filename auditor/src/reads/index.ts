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
