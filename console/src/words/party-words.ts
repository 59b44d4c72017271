export * from '../../../core/src/wording/party-words';
