import { Command } from 'commander';
import { version } from './version.ts';

type AddCommand = (program: Command) => void;

/** Every command in the order of the help. Loaded when it is needed: DuckDB alone takes longer than many a command. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  demo: async () => (await import('./demo.ts')).addDemo,
  run: async () => (await import('./run.ts')).addRun,
  emit: async () => (await import('./emit.ts')).addEmit,
  serve: async () => (await import('./serve.ts')).addServe,
  watch: async () => (await import('./watch.ts')).addWatch,
  compact: async () => (await import('./compact.ts')).addCompact,
  query: async () => (await import('./query.ts')).addQuery,
  views: async () => (await import('./views.ts')).addViews,
  tail: async () => (await import('./tail.ts')).addTail,
  report: async () => (await import('./report.ts')).addReport,
  compare: async () => (await import('./compare.ts')).addCompare,
  normalise: async () => (await import('./normalise.ts')).addNormalise,
  export: async () => (await import('./export.ts')).addExport,
  plugins: async () => (await import('./plugins.ts')).addPlugins,
  devices: async () => (await import('./devices.ts')).addDevices,
  doctor: async () => (await import('./doctor.ts')).addDoctor,
  verify: async () => (await import('./verify.ts')).addVerify,
  repair: async () => (await import('./repair.ts')).addRepair,
  backup: async () => (await import('./backup.ts')).addBackup,
};

/** The command line with one command, or with all of them where that is none of them. docs/commands.md is written from it. */
export async function buildProgram(name = ''): Promise<Command> {
  const program = new Command('siltstone')
    .description('A local-first lakehouse for the telemetry of vision and inference jobs.')
    .version(version(), '-V, --version', 'the version of siltstone')
    .helpOption('-h, --help', 'this help, or a command’s')
    .helpCommand(false)
    // What stands behind a command is the command's: `query --version 3` is no question about siltstone.
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows how it is used)')
    .exitOverride()
    .addHelpText(
      'after',
      '\nExample:\n  # three jobs over a real clip, from the first event to the tables\n  $ siltstone demo',
    );
  const names = Object.hasOwn(commands, name) ? [name] : Object.keys(commands);
  for (const one of names) (await commands[one]?.())?.(program);
  return program;
}
