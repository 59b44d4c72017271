export * from './fsck';
export * from './audit';
