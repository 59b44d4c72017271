export * from '../../../core/src/wording/place-words';
