import { execFileSync } from 'node:child_process';

/** Tests of whole processes start what users start: the built program. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
