export * from '../../../core/src/wording/figure-words';
