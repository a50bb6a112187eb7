// @ts-check
/** Draws /api/openapi.json as a page: endpoints by tag, each with what it takes, what it answers and who may call it. */

const api = await (await fetch('/api/openapi.json')).json();
const schemas = api.components.schemas;
const list = byId('endpoints');

byId('description').textContent = api.info.description;
const endpoints = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
const search = /** @type {HTMLInputElement} */ (byId('search'));
search.addEventListener('input', show);
show();

function show() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = endpoints.filter(({ path, method, operation }) => {
    const text = [method, path, operation.summary, operation.tags[0], operation['x-access']].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  byId('count').textContent = `${found.length} of ${endpoints.length} endpoints`;
  const tags = Map.groupBy(found, ({ operation }) => operation.tags[0]);
  list.replaceChildren(...[...tags].flatMap(([tag, ofTag]) => [element('h2', {}, tag), ...ofTag.map(drawEndpoint)]));
}

function drawEndpoint({ path, method, operation }) {
  const details = element(
    'details',
    { id: operation.operationId },
    element(
      'summary',
      {},
      element('code', { class: 'method' }, method),
      element('code', {}, path),
      element('span', {}, operation.summary),
      element('span', { class: 'access' }, operation['x-access']),
    ),
  );
  // There are many; each is drawn when it is first opened.
  details.addEventListener('toggle', () => details.append(drawBody(operation)), { once: true });
  return details;
}

function drawBody(operation) {
  const body = element('div', { class: 'body' });
  for (const parameter of operation.parameters ?? []) {
    const needed = parameter.required ? 'required' : 'optional';
    body.append(
      element(
        'p',
        {},
        element('code', {}, parameter.name),
        element('span', { class: 'type' }, ` ${parameter.in}, ${needed}: ${typeOf(parameter.schema)}`),
      ),
    );
  }
  const wanted = operation.requestBody?.content['application/json']?.schema;
  if (wanted) body.append(element('h3', {}, 'Body'), element('pre', {}, outline(wanted)));
  for (const [status, response] of Object.entries(operation.responses)) {
    body.append(element('h3', {}, `${status} ${response.description}`));
    for (const [type, { schema }] of Object.entries(response.content ?? {})) {
      if (type === 'application/json') body.append(element('pre', {}, outline(schema)));
      else if (type !== 'application/problem+json') body.append(element('p', {}, type));
    }
  }
  return body;
}

/** A schema as an indented outline, named ones opened once on each way down. */
function outline(schema, indent = '', open = []) {
  const name = schema.$ref?.split('/').at(-1);
  if (name) return open.includes(name) ? name : outline(schemas[name], indent, [...open, name]);
  if (schema.allOf) return schema.allOf.map((part) => outline(part, indent, open)).join('\n');
  if (schema.type === 'array') return `array of ${outline(schema.items, indent, open)}`;
  if (!schema.properties) return typeOf(schema);
  const inner = `${indent}  `;
  const lines = Object.entries(schema.properties).map(([property, value]) => {
    const mark = schema.required?.includes(property) ? '' : '?';
    const note = value.description ? `  // ${value.description}` : '';
    return `${inner}${property}${mark}: ${outline(value, inner, open)}${note}`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function typeOf(schema) {
  const name = schema.$ref?.split('/').at(-1);
  if (name) return name;
  const choices = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (choices) return choices.map((value) => JSON.stringify(value)).join(' | ');
  const several = schema.anyOf ?? schema.oneOf;
  if (several) return several.map(typeOf).join(' | ');
  const type = [schema.type ?? 'any'].flat().join(' | ');
  return schema.format ? `${type} (${schema.format})` : type;
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`docs.html has no element "${id}".`);
  return found;
}
