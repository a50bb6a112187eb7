/**
 * Which way imports point. Why it is this way: ARCHITECTURE.md ("The arrows") and docs/decisions/0006-rooms-in-one-order.md.
 * Types count like values: a room that needs the types of a room to its right knows too much already.
 */

/** Rooms of the server in their order: a room imports rooms to its left only. */
const ROOMS = [
  'staff',
  'customers',
  'catalogue',
  'billing',
  'payments',
  'provisioning',
  'operations',
  'hosting',
  'orders',
  'automation',
];

const TEST = '\\.test\\.tsx?$';
const anyOf = (names) => `(?:${names.join('|')})`;
/** The only files that may bring `flow`, routes and jobs together. */
const ASSEMBLY = ['http/', 'cli/', 'app\\.ts$', 'flow\\.ts$', 'worker\\.ts$', 'cli\\.ts$', 'start-shop\\.ts$'];

const roomsPointLeft = ROOMS.slice(0, -1).map((room, index) => ({
  name: `${room}-imports-rooms-to-its-left`,
  comment:
    `"${room}" comes before the rooms it tries to import. Add an event in server/src/kit/events.ts, record it here, and ` +
    'let server/src/flow.ts name the consequence: a job, or a function (tx, payload) of the other room.',
  severity: 'error',
  from: { path: `^server/src/${room}/`, pathNot: TEST },
  to: { path: `^server/src/${anyOf(ROOMS.slice(index + 1))}/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'These files need one another to be run. Move what both need into a third file that imports neither. (Types alone ' +
        'may point both ways inside a folder: what an app holds and what is given an app name each other.)',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'imports-exist',
      comment: 'This import leads nowhere. Correct the path (with its .ts ending), or install the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'packages-are-declared',
      comment: 'Add the package, with its exact version, to the package.json of the folder that imports it.',
      severity: 'error',
      // The workspace's own tools measure and try the server with the server's packages.
      from: { pathNot: [TEST, '^(?:bench|e2e|scripts)/'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'sdk-stands-alone',
      comment: 'The contract must be readable without the application. Move what it needs into sdk/src.',
      severity: 'error',
      from: { path: '^sdk/' },
      to: { path: '^(?:server|modules|gateways|web|e2e|bench|scripts)/' },
    },
    {
      name: 'sdk-without-its-test-tools',
      comment: 'sdk/src runs in production; sdk/testing does not. Move what both need into sdk/src.',
      severity: 'error',
      from: { path: '^sdk/src/', pathNot: TEST },
      to: { path: '^sdk/testing/' },
    },
    {
      name: 'extensions-know-the-sdk-only',
      comment:
        'A module or gateway is a folder anybody can drop in: import @hostwright/sdk and files of the same folder. ' +
        'Should all modules have what is missing here, add it to the contract in sdk/src.',
      severity: 'error',
      from: { path: '^(modules|gateways)/([^/]+)/' },
      to: { path: '^(?:server|web|e2e|bench|scripts|modules|gateways)/', pathNot: '^$1/$2/' },
    },
    {
      name: 'extensions-without-test-tools',
      comment:
        'sdk/testing and simulators are for tests and the demo. The module itself gets what it needs from its call.',
      severity: 'error',
      from: { path: '^(?:modules|gateways)/', pathNot: [TEST, '/simulator\\.ts$', '/simulator/'] },
      to: { path: ['^sdk/testing/', '/simulator\\.ts$', '/simulator/'] },
    },
    {
      name: 'extensions-are-found-by-looking',
      comment:
        'The server finds modules and gateways at run time (app.modules, app.gateways), so that a new folder needs no ' +
        'edit. Only tests and the demo shop may name one.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: [TEST, '^server/src/demo/'] },
      to: { path: '^(?:modules|gateways)/' },
    },
    {
      name: 'kit-is-a-leaf',
      comment:
        'The kit serves every room and knows none. Take what is needed as an argument, or declare an interface in the kit ' +
        'and let app.ts fill it in (as kit/outbox.ts and kit/acts.ts do).',
      severity: 'error',
      from: { path: '^server/src/kit/', pathNot: TEST },
      to: { path: '^server/src/', pathNot: ['^server/src/kit/', '^server/src/config\\.ts$'] },
    },
    ...roomsPointLeft,
    {
      name: 'rooms-queue-mail-through-the-outbox',
      comment: 'Queue mail with `tx.app.outbox.queue(tx, …)` (kit/outbox.ts); the mail room does the rest.',
      severity: 'error',
      from: { path: `^server/src/${anyOf(ROOMS)}/`, pathNot: TEST },
      to: { path: '^server/src/mail/' },
    },
    {
      name: 'mail-knows-no-verbs',
      comment:
        'The mail room reads and writes mails; it changes nothing else. Read what a mail tells in mail/facts.ts, or give it to ' +
        'the outbox where the mail is queued (NewMail.data).',
      severity: 'error',
      from: { path: '^server/src/mail/', pathNot: TEST },
      to: {
        path: `^server/src/${anyOf(ROOMS)}/`,
        pathNot: [
          '^server/src/staff/(?:settings|shop-link)\\.ts$',
          '^server/src/automation/next-charge\\.ts$',
          '/present\\.ts$',
        ],
      },
    },
    {
      name: 'rooms-know-no-assembly',
      comment:
        'A room is put together by app.ts, http, worker.ts and flow.ts and imports none of them. Take what is needed from ' +
        '`ctx.app`, or let flow.ts name the consequence.',
      severity: 'error',
      from: { path: `^server/src/${anyOf([...ROOMS, 'mail'])}/`, pathNot: TEST },
      to: { path: '^server/src/', pathNot: `^server/src/${anyOf([...ROOMS, 'mail', 'kit', 'config\\.ts$'])}` },
    },
    {
      name: 'jobs-and-routes-stay-in-their-room',
      comment:
        'Routes belong to http/, jobs to worker.ts and flow.ts. Call the verb behind it, or record an event and let flow.ts ' +
        'name the job.',
      severity: 'error',
      from: { path: '^server/src/([^/]+)/', pathNot: [TEST, ...ASSEMBLY.map((file) => `^server/src/${file}`)] },
      to: { path: '(?:/routes|\\.job)\\.ts$', pathNot: '^server/src/$1/' },
    },
    {
      name: 'the-web-knows-the-api-only',
      comment:
        'The web is a client of the API like any other. Types come from web/src/api/schema.ts (`npm run openapi`).',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(?:server|sdk|modules|gateways|bench)/' },
    },
    {
      name: 'the-server-knows-no-page',
      comment: 'The server answers the API and serves web/dist as files. What both need is part of the API.',
      severity: 'error',
      from: { path: '^(?:server|sdk)/' },
      to: { path: '^web/' },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'What the product needs must not live in a test. Move it beside the code and import it from both.',
      severity: 'error',
      from: { path: '^(?:server|web)/src/', pathNot: TEST },
      to: { path: [TEST, '^server/test/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '^server/test/fixtures/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
