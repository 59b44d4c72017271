/**
 * The contract library logs every annotation to standard output while it loads, where the command line puts data. Import this
 * before the library; whoever sets the variables decides otherwise.
 */
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'ERROR';
process.env['CORE_CHAINCODE_LOGGING_SHIM'] ??= 'ERROR';
