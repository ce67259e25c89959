import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const SPECS = ['**/*.spec.ts', '**/*.bench.ts', 'test/**/*.ts'];
const PURE = ['libs/{geo,scoring,merkle}/**/*.ts', 'libs/*/src/model/**/*.ts'];
// The files whose work is to make instants out of text and numbers; the others call them.
const INSTANTS = ['libs/evidence/src/model/instant.ts', 'libs/scoring/src/instants.ts', 'libs/platform/src/clock.ts'];

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a name is found by search and is the same everywhere.',
};
const noParsedDates = [
  {
    selector: [
      'NewExpression[callee.name="Date"][arguments.length=1]',
      ':not([arguments.0.name=/(^ms|Ms)$/], [arguments.0.property.name=/(^ms|Ms)$/], [arguments.0.callee.property.name="UTC"])',
    ].join(''),
    message:
      'Date reads local and partial times without a word: use parseInstant or instantOf (@faultline/evidence); a number of milliseconds is named …Ms.',
  },
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="parse"]',
    message: 'Date reads local and partial times without a word: use parseInstant or msOf (@faultline/evidence).',
  },
];
const given = 'is given as an argument here: the same values must give the same answer.';
const noClock = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
  message: `Time ${given}`,
};

const syntax = (...rules) => ({ 'no-restricted-syntax': ['error', ...rules] });

export default defineConfig(
  { ignores: ['dist/**', 'coverage/**', '.cache/**', '.faultline/**', 'test-output/**', 'apps/map/src/generated/**'] },
  // An exception is argued in this file, not switched off where it hurts.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Off: a type-only import of an injected class erases the metadata by which Nest finds it.
      '@typescript-eslint/consistent-type-imports': 'off',
      // Off: a method may be async because its contract is, with nothing to wait for in this implementation.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNullish: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      ...syntax(noDefaultExport),
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/{api,worker,cli}/**/*.ts'],
    ignores: [...SPECS, ...INSTANTS],
    rules: syntax(noDefaultExport, ...noParsedDates),
  },
  {
    files: ['libs/**/*.ts'],
    ignores: SPECS,
    rules: { 'no-console': 'error' },
  },
  {
    files: PURE,
    ignores: SPECS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'performance',
          'crypto',
          'fetch',
          'globalThis',
          'setTimeout',
          'setInterval',
          'queueMicrotask',
        ].map((name) => ({ name, message: `What ${name} knows ${given}` })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: `Time ${given}` },
        { object: 'Math', property: 'random', message: `Chance ${given}` },
      ],
      ...syntax(noDefaultExport, noClock, ...noParsedDates),
    },
  },
  // Off: constants of a published approximation are written as published, with more digits than a double keeps.
  { files: ['libs/scoring/src/**/*.ts'], rules: { 'no-loss-of-precision': 'off' } },
  { files: INSTANTS.filter((file) => !file.includes('/clock.')), rules: syntax(noDefaultExport, noClock) },
  {
    files: SPECS,
    rules: {
      // Answers under test are read as they come.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...['process', 'console', 'URL', 'URLSearchParams', 'Buffer', 'fetch', 'performance', 'globalThis'],
          ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'AbortController', 'AbortSignal'],
          ...['TextEncoder', 'TextDecoder', 'structuredClone'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } },
  },
);
