import tseslint from 'typescript-eslint';
import { throughTheDoor } from './scripts/lint/doors.mjs';

const folders = [
  'core',
  'chaincode',
  'auditor',
  'plant-year',
  'embedded-peer',
  'gateway-api',
  'client-sdk',
  'spreadsheets',
  'reports',
  'cli',
  'console',
  'network',
];
const workspace = (name) => `@carbon-ledger/${name}`;

// Who may import whom (docs/architecture.md, "Folders").
const mayImport = {
  core: [],
  chaincode: ['core'],
  auditor: ['core'],
  'plant-year': ['core'],
  // What its folder holds is read by the auditor: the forms are his.
  'embedded-peer': ['core', 'chaincode', 'auditor'],
  'gateway-api': ['core', 'client-sdk', 'auditor', 'reports'],
  'client-sdk': ['core'],
  // Runs in browsers too: pure, like core.
  spreadsheets: ['core'],
  // Papers for people; reads its fonts and nothing else.
  reports: ['core'],
  console: ['core', 'client-sdk', 'plant-year', 'spreadsheets'],
  network: [],
  // The CLI starts the two services; everything else it does goes through the SDK.
  cli: ['core', 'client-sdk', 'gateway-api', 'embedded-peer', 'auditor', 'plant-year', 'spreadsheets', 'reports'],
};

const ioModules = [
  'fs',
  'net',
  'http',
  'https',
  'http2',
  'tls',
  'dgram',
  'child_process',
  'worker_threads',
  'os',
  'path',
  'crypto',
  'process',
];
const ioPatterns = ioModules.flatMap((name) => [name, `node:${name}`, `node:${name}/*`]);

function layering(folder) {
  const forbidden = folders.filter((other) => other !== folder && !mayImport[folder].includes(other));
  const patterns = [
    { group: ['**/dist/**'], message: 'Import the package, not its build.' },
    ...(forbidden.length > 0
      ? [
          {
            group: forbidden.flatMap((name) => [workspace(name), `${workspace(name)}/*`, `**/${name}/src/**`]),
            message: `${folder}/ may import only: ${mayImport[folder].join(', ') || 'libraries'}.`,
          },
        ]
      : []),
    ...(['cli', 'auditor'].includes(folder)
      ? [
          {
            group: ['node:fs', 'node:fs/promises'],
            importNames: ['readFile', 'createReadStream', 'copyFile'],
            message:
              'A pipe or device in place of a file would hold the command for ever: readNamed of auditor/stored.',
          },
        ]
      : []),
    ...(['core', 'spreadsheets'].includes(folder)
      ? [
          {
            group: ioPatterns,
            message: `${folder}/ is pure: no I/O, no clock, no network; node:crypto only in core/src/digest/platform.ts.`,
          },
          {
            group: ['**/platform', '!#digest-platform'],
            message: 'Import #digest-platform: a browser gets its twin.',
          },
        ]
      : []),
  ];
  return {
    files: [`${folder}/src/**/*.{ts,tsx}`],
    ignores: [`${folder}/src/**/*.test.ts`, `${folder}/src/**/testing/**`],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
}

const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'A list of names is a union of literals: `as const`.',
};

/** What no source says. */
const ofSource = [
  noEnum,
  {
    selector: 'TemplateElement[tail=false][value.raw=/(^|[^\\w-])an? $/i]',
    message: 'A word that is filled in has its article by withArticle: “an enterprise”.',
  },
];

const noPrettyFaults = [
  { object: 'z', property: 'prettifyError', message: 'Faults are a list: inShape, or faultsOf of core.' },
];

/** What the oldest browser of console/vite.config.ts has not: nothing lowers a call, as syntax and styles are lowered. */
const youngerThanBrowsers = [
  ['AbortSignal', 'any', 116],
  ['URL', 'canParse', 120],
  ['URL', 'parse', 126],
  ['Promise', 'withResolvers', 119],
  ['Promise', 'try', 128],
  ['Object', 'groupBy', 117],
  ['Map', 'groupBy', 117],
  ['Array', 'fromAsync', 121],
  ['Iterator', 'from', 122],
].map(([object, property, version]) => ({
  object,
  property,
  message: `Chromium has it from ${String(version)} on, and browsers of offices are older.`,
}));
const inBrowsers = ['core', 'client-sdk', 'spreadsheets', 'plant-year', 'console'];

/** Every deadline is counted from the times of transactions, so that each peer comes to the same. */
const noClock = 'core/ has no clock: take the time as an argument.';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'coverage/**', 'data/**', '**/*.cjs'] },
  { files: ['**/*.ts', '**/*.tsx', '**/*.mjs'], rules: { 'max-lines': ['error', { max: 300 }] } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.test.json', './console/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      complexity: ['error', 10],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-console': 'error',
      // Nothing to find: enums are banned, and looking for them was a fifth of the time of lint.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      'no-restricted-properties': ['error', ...noPrettyFaults],
    },
  },
  {
    files: inBrowsers.map((folder) => `${folder}/src/**/*.{ts,tsx}`),
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: { 'no-restricted-properties': ['error', ...noPrettyFaults, ...youngerThanBrowsers] },
  },
  ...folders.map(layering),
  {
    files: ['*/src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'no-restricted-syntax': ['error', ...ofSource],
    },
  },
  {
    // In core every folder but the outermost door is open to its neighbours: its entries are what others import by (`@carbon-ledger/core/merkle`).
    files: ['*/src/**/*.ts'],
    ignores: ['core/**', 'console/**', '**/*.test.ts', '**/testing/**'],
    plugins: { folders: { rules: { door: throughTheDoor } } },
    rules: { 'folders/door': 'error' },
  },
  {
    files: ['core/src/digest/platform.ts', 'auditor/src/stored/given-file.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['core/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval', 'process', 'performance', 'crypto'],
      'no-restricted-properties': [
        'error',
        ...noPrettyFaults,
        ...youngerThanBrowsers,
        { object: 'Math', property: 'random', message: 'core/ is deterministic.' },
        { object: 'Date', property: 'now', message: noClock },
      ],
      'no-restricted-syntax': [
        'error',
        ...ofSource,
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: noClock },
        { selector: 'CallExpression[callee.name="Date"]', message: noClock },
      ],
    },
  },
  {
    files: ['client-sdk/src/verify.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['./*', '!./verify*', 'node:*', 'ethers'], message: 'The verify entry point imports core only.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': [
        'error',
        noEnum,
        {
          selector: 'MemberExpression[object.name=/^(?:it|test|describe)$/][property.name=/^(?:skip|only|todo)$/]',
          message: 'What is not run says why: onlyWhere of test/support/only-where.ts.',
        },
        {
          selector: 'CallExpression[callee.name=/^[xf](?:it|test|describe)$/]',
          message: 'Run it, or say why not: onlyWhere.',
        },
      ],
    },
  },
  { files: ['cli/src/**/*.ts', 'scripts/**/*.ts'], rules: { 'no-console': 'off' } },
);
