export * from './errors';
export * from './calendar';
export * from './decimal';
export * from './formula';
export * from './identifiers';
