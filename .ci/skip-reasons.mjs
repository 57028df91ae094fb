/** A reporter of vitest that says of each skipped test why: the reports that come with vitest leave the reason out. */
export default class SkipReasons {
  onTestRunEnd(modules) {
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        process.stdout.write(`skipped: ${test.fullName}: ${test.result().note ?? 'no reason given'}\n`);
      }
    }
  }
}
