// Who may import whom. Neighbours: DESIGN.md ("The shape") says why; `npm run depcruise` holds the code to it.
// 1. Type imports count: a type from a forbidden room is a dependency on it.
// 2. A package of the engine is imported in the one place named below, and nowhere else in the engine.
'use strict';

const enginePackages = [
  { name: 'sax', home: '^engine/parse/xml\\.ts$' },
  { name: 'acorn', home: '^engine/datamodel/ecmascript/' },
  { name: '@jitl/quickjs-wasmfile-release-sync', home: '^engine/datamodel/ecmascript/isolated/quickjs\\.ts$' },
  { name: 'xstate', home: '^engine/actor/' },
];
const npm = (name) => `(^|/)node_modules/(@types/)?${name}/`;
const routes = '^server/.+/routes[^/]*(/|\\.ts$)';

/** A forbidden dependency; `why` is what a reader sees beside the violation. */
const forbid = (name, why, from, to) => ({ name, comment: why, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', 'Two files that need each other are one file, or three.', {}, { circular: true }),
    forbid('no-unresolved', 'The file or package does not exist.', {}, { couldNotResolve: true }),
    forbid(
      'no-dev-packages',
      'What ships imports only packages listed under dependencies.',
      { path: '^(engine|server)/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'engine-stands-alone',
      'The engine imports nothing of ours but itself.',
      { path: '^engine/' },
      { path: '^(server|test|strategies|templates)/' },
    ),
    forbid(
      'engine-packages',
      'The engine knows only the packages of this table.',
      { path: '^engine/' },
      { path: '(^|/)node_modules/', pathNot: enginePackages.map(({ name }) => npm(name)) },
    ),
    ...enginePackages.map(({ name, home }) =>
      forbid(
        `engine-${name}`,
        `In the engine ${name} is known in one place.`,
        { path: '^engine/', pathNot: home },
        { path: npm(name) },
      ),
    ),
    forbid(
      'engine-node',
      'The engine uses no part of Node; only the ECMAScript kernels may use node:vm.',
      { path: '^engine/', pathNot: '^engine/datamodel/ecmascript/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'engine-kernels-node',
      'Of Node the ECMAScript kernels use node:vm only.',
      { path: '^engine/datamodel/ecmascript/' },
      { dependencyTypes: ['core'], pathNot: '^(node:)?vm$' },
    ),
    forbid(
      'routes-translate-only',
      'A route turns HTTP into calls of its service: it never sees stores, calls or queues.',
      { path: routes },
      { path: '^server/(store|voice|routing)/' },
    ),
    forbid(
      'modules-know-no-routes',
      'An ORS module answers sessions, not HTTP requests.',
      { path: '^server/ors/modules/' },
      { path: routes },
    ),
    forbid(
      'voice-knows-no-service',
      'The telephony port serves whoever drives it.',
      { path: '^server/voice/' },
      { path: '^server/(gms|ors)/' },
    ),
    forbid(
      'routing-knows-no-adapter',
      'Routing chooses an agent; only the port of voice/ may be named here, never an adapter.',
      { path: '^server/routing/' },
      { path: '^server/voice/', pathNot: '^server/voice/port\\.ts$' },
    ),
    forbid(
      'sqlite-in-one-folder',
      'What a store is made of is known to the store alone.',
      { path: '^(engine|server)/', pathNot: '^server/store/sqlite/' },
      { path: npm('better-sqlite3') },
    ),
    forbid(
      'prom-client-in-one-file',
      'Whoever is measured tells an observer, and does not know what counts.',
      { path: '^(engine|server)/', pathNot: '^server/health/metrics\\.ts$' },
      { path: npm('prom-client') },
    ),
    forbid(
      'luxon-in-one-file',
      'A zone is an offset at an instant; whoever wants more of luxon wants another calendar.',
      { path: '^(engine|server)/', pathNot: '^server/calendar/zone\\.ts$' },
      { path: npm('luxon') },
    ),
    forbid(
      'calendar-stands-alone',
      'The calendar is told options, times and counts; it asks nobody.',
      { path: '^server/calendar/' },
      { path: '^(engine|server)/', pathNot: '^server/calendar/' },
    ),
    forbid('tests-are-leaves', 'Nothing that ships imports a test.', { pathNot: '^test/' }, { path: '^test/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
