export * from '../../../core/src/wording/code-words';
