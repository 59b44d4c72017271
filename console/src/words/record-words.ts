export * from '../../../core/src/wording/record-words';
export * from '../../../core/src/wording/party-words';
