export * from '../../../core/src/wording/numbers';
