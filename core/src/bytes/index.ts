export { fromBase64, toBase64 } from './base64';
export { concat, compareBytes, equalBytes } from './arrays';
export { fromHex, isHex, toHex } from './hex';
export { isWellFormed, utf8Decode, utf8Encode, utf8EncodeInto } from './utf8';
export { decodeText, textEncodings, type TextEncoding } from './text';
