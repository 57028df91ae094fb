import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../make/warehouse.ts';
import { isMissing, missing, promtool } from './prometheus.ts';

test('promtool takes the configuration and the rules, and each alert fires when it should', async ({ skip }) => {
  skip(isMissing, missing);
  const [config, docker, rules, tried] = await Promise.all([
    promtool('check', 'config', 'prometheus.yml'),
    promtool('check', 'config', '--syntax-only', 'prometheus.docker.yml'),
    promtool('check', 'rules', '--lint-fatal', 'rules.yml'),
    promtool('test', 'rules', 'rules.test.yml'),
  ]);

  expect([config.text, docker.text, rules.text, tried.text].join('\n')).not.toMatch(/FAILED|error/i);
  expect([config, docker, rules, tried].map(({ code }) => code)).toEqual([0, 0, 0, 0]);
});

test('a rule that is wrong is found', async ({ skip }) => {
  skip(isMissing, missing);
  const path = join(tempFolder(), 'rules.yml');
  writeFileSync(path, 'groups: [{ name: a, rules: [{ record: b, expr: "sum(" }] }]');

  expect((await promtool('check', 'rules', path)).code).not.toBe(0);
});
