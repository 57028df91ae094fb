#!/usr/bin/env node
import { endedExitCode, endSignal, listenForTheEnd } from './ending.ts';
import { failureExitCode } from './failure.ts';
import { buildProgram } from './program.ts';

listenForTheEnd();
try {
  const program = await buildProgram(process.argv[2]);
  await program.parseAsync(process.argv);
  if (endSignal.aborted) process.exitCode ??= endedExitCode();
} catch (error) {
  process.exitCode = failureExitCode(error);
}
