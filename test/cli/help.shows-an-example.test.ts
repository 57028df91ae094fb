import { expect, test } from 'vitest';
import { specOf } from '../../src/cli/command.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { commandNames, siltstone } from './siltstone.ts';

test('siltstone --help lists every command', () => {
  const { stdout, exitCode } = siltstone(['--help']);

  const listed = stdout.match(/^ {2}[a-z]+(?= [[<])/gm)?.map((name) => name.trim());
  expect(exitCode).toBe(0);
  expect(listed).toEqual(commandNames);
});

test.each(commandNames)('siltstone %s --help shows an example, and the options that every command has', (name) => {
  const { stdout, exitCode } = siltstone([name, '--help']);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Examples?:$/m);
  expect(stdout).toMatch(new RegExp(`^  \\$ .*siltstone ${name}`, 'm'));
  expect(stdout).toContain('--warehouse <dir>');
  expect(stdout).toContain('--set <name=value>');
});

test('siltstone --version is the version of the package', () => {
  expect(siltstone(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each(commandNames)('every example of %s is of that command, and says what it does', async (name) => {
  const program = await buildProgram(name);
  const spec = program.commands.map(specOf)[0];

  expect(program.commands).toHaveLength(1);
  expect(spec?.examples.length).toBeGreaterThan(0);
  expect(spec?.examples.filter(([line, does]) => !line.includes(`siltstone ${name}`) || does === '')).toEqual([]);
});
