export * from './paper';
export * from './certificate';
export * from './reconciliation';
export * from './trace';
