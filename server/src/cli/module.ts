import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type ModuleDefinition, OPERATION_NAMES, STEP_FUNCTION_NAMES } from '@hostwright/sdk';
import type { Command } from 'commander';
import { acceptModule } from '../app.ts';
import { readConfig } from '../config.ts';
import { loadExtensions, loadFolder } from '../kit/extensions.ts';
import { CommandError } from './command-error.ts';
import { facts, print, table } from './print.ts';

/** Everything a module may define, in the order of its documentation. */
const CONTRACT = [
  'testConnection',
  'find',
  ...OPERATION_NAMES,
  ...STEP_FUNCTION_NAMES,
  'listAccounts',
  'listPackages',
  'usage',
  'signOn',
] as const satisfies readonly (keyof ModuleDefinition)[];

export function addModuleCommands(program: Command): void {
  const module = program.command('module').description('Panel modules; neither needs a database');

  module
    .command('list')
    .description('Every module folder, loaded or not, and why not')
    .action(async (_options: object, command: Command) => {
      const { moduleFolders } = readConfig(process.env);
      const modules = await loadExtensions<ModuleDefinition>({ roots: moduleFolders, accept: acceptModule });
      const found = modules.folders().map((folder) => {
        const definition = folder.state === 'loaded' ? modules.get(folder.folder) : undefined;
        return { ...folder, name: definition?.name ?? null, functions: definition ? functionsOf(definition) : [] };
      });
      const rows = found.map(({ folder, name, state, functions, reason }) => [
        folder,
        name,
        state,
        `${functions.length} of ${CONTRACT.length}`,
        reason,
      ]);
      const list = table(['folder', 'name', 'state', 'functions', 'reason'], rows, 'There are no modules.');
      print(command, { json: { items: found }, text: list });
    });

  module
    .command('check')
    .description('Load one module folder and say what it has and what is missing')
    .argument('<folder>', 'named like the id of the module')
    .action(async (folder: string, _options: object, command: Command) => {
      const report = await checkModule(path.resolve(folder));
      const text = [
        facts({
          Module: `${report.name} (${report.id})`,
          Has: report.functions.join(', '),
          Lacks: report.lacks.join(', ') || 'nothing',
        }),
        ...report.warnings.map((warning) => `Warning: ${warning}`),
      ];
      print(command, { json: report, text: text.join('\n') });
    });
}

async function checkModule(folder: string) {
  const id = path.basename(folder);
  if (!existsSync(folder)) throw new CommandError('module_not_loaded', `There is no folder ${folder}.`);
  // The loader is what gives folders outside the project our SDK.
  await loadExtensions<ModuleDefinition>({ roots: [], accept: acceptModule });
  const definition = await loadFolder<ModuleDefinition>(folder, id, acceptModule).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError('module_not_loaded', `${folder} cannot be used: ${reason}`, { cause });
  });
  const functions = functionsOf(definition);
  return {
    id,
    name: definition.name,
    folder,
    functions,
    lacks: CONTRACT.filter((name) => !functions.includes(name)),
    warnings: missingFiles(folder, id),
  };
}

const functionsOf = (definition: ModuleDefinition) => CONTRACT.filter((name) => typeof definition[name] === 'function');

/** What every module should bring besides its index. */
function missingFiles(folder: string, id: string): string[] {
  const files = readdirSync(folder);
  const has = (pattern: RegExp) => files.some((file) => pattern.test(file));
  return [
    ...(has(/^simulator(\.[tj]s)?$/) ? [] : ['It has no simulator.ts, so nothing can be tried without a real panel.']),
    ...(has(/\.test\.[tj]s$/)
      ? []
      : [`It has no ${id}.test.ts that runs the contract suite of @hostwright/sdk/testing.`]),
    ...(has(/^README\.md$/i) ? [] : ['It has no README.md that says how to set the panel up.']),
  ];
}
