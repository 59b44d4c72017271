export * from './fsck';
export * from './audit';
export * from './invariants';
