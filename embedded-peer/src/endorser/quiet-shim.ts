/**
 * Import this before anything of Fabric's. fabric-shim and fabric-contract-api read their log level when they are
 * loaded, and by default tell stdout about every decorator and every refusal. Refusals are answers here, and stdout
 * belongs to the program; whoever debugs a contract sets CORE_CHAINCODE_LOGGING_LEVEL before the start.
 */
const LEVEL = 'CORE_CHAINCODE_LOGGING_LEVEL';

export const isShimQuiet = process.env[LEVEL] === undefined || process.env[LEVEL] === 'CRITICAL';

process.env[LEVEL] ??= 'CRITICAL';
