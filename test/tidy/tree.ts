import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of this repository: its path from the root, with `/`, and what stands in it. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Says what is wrong in one file, one sentence each. */
export type Rule = (file: SourceFile) => readonly string[];

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every text file that git holds or would take up, so that a mistake is seen before it is committed. */
export function tree(): readonly SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root });
  return listed
    .toString()
    .split('\0')
    .filter((path) => path !== '' && existsSync(root + path))
    .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}

/** What the rule says about each file, each sentence with the file's path in front. */
export function complaints(rule: Rule, files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => rule(file).map((complaint) => `${file.path}: ${complaint}`));
}
