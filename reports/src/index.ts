export * from './paper';
export * from './certificate';
