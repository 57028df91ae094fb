// The page at /api/: each route of /openapi.json with a form to ask it.

const textLengthMax = 100_000;

/** An element with its properties and children. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function field({ name, description = '', required, schema }) {
  const label = `${name}${required ? '' : ' (optional)'}${description && `: ${description}`}`;
  const input = schema.enum
    ? element('select', { name }, ...['', ...schema.enum].map((value) => element('option', { value }, value)))
    : element('input', { name, placeholder: String(schema.default ?? schema.type ?? '') });
  return element('label', {}, label, input);
}

function bodyFields({ requestBody }) {
  if (!requestBody) return [];
  const types = Object.keys(requestBody.content);
  const choice = element(
    'select',
    { name: 'content-type' },
    ...types.map((value) => element('option', { value }, value)),
  );
  return [
    element('label', {}, 'Content type', choice),
    element(
      'label',
      {},
      `Body${requestBody.description ? `: ${requestBody.description}` : ''}`,
      element('textarea', { name: 'body', rows: 4 }),
    ),
    ...(types.includes('multipart/form-data')
      ? [
          element(
            'label',
            {},
            'Files, for multipart/form-data',
            element('input', { name: 'files', type: 'file', multiple: true }),
          ),
        ]
      : []),
  ];
}

/** What a form asks for, as fetch takes it. */
function asked(form, path, method, { parameters = [] }) {
  const value = (name) => form.elements[name]?.value ?? '';
  const inPath = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(value(name)));
  const query = new URLSearchParams(
    parameters.filter((one) => one.in === 'query' && value(one.name) !== '').map(({ name }) => [name, value(name)]),
  );
  const token = document.querySelector('#token').value;
  const type = value('content-type');
  const headers = { ...(token && { authorization: `Bearer ${token}` }) };
  const url = query.size > 0 ? `${inPath}?${query}` : inPath;
  if (type === 'multipart/form-data') {
    const body = new FormData();
    for (const file of form.elements.files.files) body.append('file', file);
    return [url, { method, headers, body }];
  }
  return [
    url,
    { method, headers: { ...headers, ...(type && { 'content-type': type }) }, ...(type && { body: value('body') }) },
  ];
}

async function shown(answer) {
  const type = answer.headers.get('content-type') ?? '';
  const head = `${answer.status} ${answer.statusText}\nx-request-id: ${answer.headers.get('x-request-id')}\n${type}\n\n`;
  if (!/json|text|csv/.test(type) || type.includes('event-stream')) {
    const link = element('a', { href: answer.url, target: '_blank' }, 'open it');
    await answer.body?.cancel();
    return [head, link];
  }
  const text = await answer.text();
  const pretty = type.startsWith('application/json') ? JSON.stringify(JSON.parse(text), null, 2) : text;
  return [head, pretty.length > textLengthMax ? `${pretty.slice(0, textLengthMax)}\n…` : pretty];
}

function routeDetails(path, method, operation) {
  const output = element('pre', { hidden: true });
  output.setAttribute('aria-live', 'polite');
  const form = element(
    'form',
    {},
    ...(operation.parameters ?? []).map(field),
    ...bodyFields(operation),
    element('button', {}, 'Send'),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    output.hidden = false;
    output.replaceChildren('…');
    try {
      output.replaceChildren(...(await shown(await fetch(...asked(form, path, method, operation)))));
    } catch (error) {
      output.replaceChildren(String(error));
    }
  });
  const answers = Object.entries(operation.responses).map(([status, { description }]) =>
    element('li', {}, `${status}: ${description}`),
  );
  return element(
    'details',
    {},
    element('summary', {}, element('b', {}, method), element('code', {}, path), ` ${operation.summary}`),
    form,
    output,
    element('ul', {}, ...answers),
  );
}

const routes = document.querySelector('#routes');
try {
  const { info, paths } = await (await fetch('/openapi.json')).json();
  document.querySelector('#version').textContent = info.version;
  routes.replaceChildren(
    ...Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => routeDetails(path, method.toUpperCase(), operation)),
    ),
  );
} catch (error) {
  routes.replaceChildren(`The document could not be read: ${error}`);
}
