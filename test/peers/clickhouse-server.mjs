// ClickHouse's HTTP interface, as far as a client needs it to read, over the real engine in this process (chdb).
// Prints its port. Databases live in the folder that is given; the user is `reader` with the password `öffne:dich`.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';

const [folder] = process.argv.slice(2);
process.chdir(tmpdir());
const { Session } = createRequire(new URL('../../bench/peers/package.json', import.meta.url))('chdb');
// Held open, or the engine would go with the last query's session.
const held = new Session(folder);
const known = `Basic ${Buffer.from('reader:öffne:dich').toString('base64')}`;
const ofHttp = new Set(['database', 'query_id', 'wait_end_of_query', 'cancel_http_readonly_queries_on_client_close']);

const server = createServer(async (request, response) => {
  const { searchParams } = new URL(request.url, 'http://localhost');
  const sql = await text(request);
  try {
    if (request.headers.authorization !== known)
      throw new Error('Code: 516. DB::Exception: reader: Authentication failed. (AUTHENTICATION_FAILED)');
    response.end(await answer(sql, searchParams));
  } catch (error) {
    const message = error.message.replace(/^Query failed: /, '');
    response.writeHead(/AUTHENTICATION_FAILED/.test(message) ? 403 : 500, {
      'x-clickhouse-exception-code': /Code: (\d+)/.exec(message)?.[1] ?? '1002',
    });
    response.end(message);
  }
});

/** A session for each query, so that its settings are its own. `readonly` comes last: nothing can be set behind it. */
async function answer(sql, searchParams) {
  const session = new Session(folder);
  try {
    session.query(`use ${searchParams.get('database') ?? 'default'}`);
    const settings = [...searchParams].filter(([name]) => !ofHttp.has(name) && !name.startsWith('role'));
    for (const [name, value] of settings.sort(([a], [b]) => Number(a === 'readonly') - Number(b === 'readonly'))) {
      session.query(`set ${name} = '${value.replace(/[\\']/g, '\\$&')}'`);
    }
    return Buffer.from((await session.queryAsync(sql, { format: 'TabSeparated' })).bytes());
  } finally {
    session.close();
  }
}

server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('exit', () => held.close());
