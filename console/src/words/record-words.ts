export * from '../../../core/src/wording/record-words';
