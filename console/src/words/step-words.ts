export * from '../../../core/src/wording/step-words';
