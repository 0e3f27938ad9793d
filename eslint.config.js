// The habits of this project as lint rules; who may import whom stands in .dependency-cruiser.cjs.
import tseslint from 'typescript-eslint';

const clockOrChance = 'Time and chance are parameters here: take `now` or the seed from the caller.';
const noSleep = 'No sleeps in tests: use the virtual clock, or wait for the event itself.';
const sleeps = ['setTimeout', 'setInterval'];
const ambient = [...sleeps, 'setImmediate', 'performance', 'queueMicrotask'];
const timerModules = '^(node:)?timers(/promises)?$';
const restricted = (names, message) => names.map((name) => ({ name, message }));
const restrictedProperties = (object, properties) =>
  properties.map((property) => ({ object, property, message: clockOrChance }));

/** Rules of the rooms that decide: same arguments, same answer, on any machine, after any restart. */
const pure = {
  'no-restricted-globals': ['error', ...restricted(ambient, clockOrChance)],
  'no-restricted-properties': [
    'error',
    ...restrictedProperties('Date', ['now']),
    ...restrictedProperties('DateTime', ['now']),
    ...restrictedProperties('Math', ['random']),
    ...restrictedProperties('crypto', ['randomUUID', 'getRandomValues', 'randomBytes', 'randomInt']),
    ...restrictedProperties('process', ['hrtime', 'nextTick', 'uptime']),
    ...restrictedProperties('globalThis', [...ambient, 'Date', 'crypto']),
  ],
  'no-restricted-syntax': [
    'error',
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clockOrChance },
    { selector: 'CallExpression[callee.name="Date"]', message: clockOrChance },
  ],
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        { regex: timerModules, message: clockOrChance },
        { regex: '^(node:)?perf_hooks$', message: clockOrChance },
        {
          regex: '^(node:)?crypto$',
          importNamePattern: '^random|^getRandom|^default$|^webcrypto$',
          message: clockOrChance,
        },
      ],
    },
  ],
};

export default tseslint.config(
  { ignores: ['dist/', '.day/', 'data/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    rules: {
      complexity: ['error', 10],
      'max-depth': ['error', 3],
      'max-lines': ['error', 300],
      'no-console': 'off',
      'no-var': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Either word will do: a union needs `type`, a shape reads well as `interface`.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // An attribute of an element reads as the name on the wire: attributes['expr'].
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A memory adapter keeps the asynchronous shape of its port.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['engine/**/*.ts', 'server/calendar/**/*.ts', 'server/routing/**/*.ts'], rules: pure },
  {
    files: ['test/**/*.ts'],
    rules: {
      // chai asserts by reading a property
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['test/**/*.ts'],
    // processes outside have no clock of ours
    ignores: ['test/bench/**', 'test/crash/wait.ts'],
    rules: {
      'no-restricted-globals': ['error', ...restricted(sleeps, noSleep)],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: timerModules,
              importNamePattern: '^(setTimeout|setInterval|scheduler|default)$',
              message: noSleep,
            },
          ],
        },
      ],
    },
  },
);
