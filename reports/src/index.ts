export * from './paper';
export * from './certificate';
export * from './inspection';
export * from './reconciliation';
export * from './trace';
