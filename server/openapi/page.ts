/** The description as a page for people: plain HTML, without a script, a style or anything from elsewhere. */
import type { ModuleTable } from '../host/module.js';
import type { Description } from './description.js';
import type { Operation } from './operation.js';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

const code = (text: string): string => `<code>${escaped(text)}</code>`;

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string => {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table border="1" cellpadding="4">${line(headings.map(escaped), 'th')}${rows.map((row) => line(row, 'td')).join('\n')}</table>`;
};

const operationOf = (path: string, method: string, operation: Operation, also: readonly string[]): string => {
  const { operationId, summary, parameters = [], requestBody, responses } = operation;
  const types = Object.keys(requestBody?.content ?? {});
  return [
    `<h3 id="${escaped(operationId)}">${code(`${method.toUpperCase()} ${path}`)}</h3>`,
    `<p>${escaped(summary)}.${also.length > 0 ? ` Also below ${also.map(code).join(', ')}.` : ''}</p>`,
    types.length > 0 ? `<p>Takes ${types.map(code).join(', ')}.</p>` : '',
    table(
      ['parameter', 'in', 'what it is'],
      parameters.map((each) => [code(each.name), each.in, escaped(each.description)]),
    ),
    table(
      ['status', 'what it says', 'as'],
      Object.entries(responses).map(([status, answer]) => [
        status,
        escaped(answer.description),
        Object.keys(answer.content ?? {})
          .map(code)
          .join(', '),
      ]),
    ),
  ].join('\n');
};

export const pageOf = ({ info, tags, paths }: Description, modules: readonly ModuleTable[]): string => {
  const operations = Object.entries(paths).flatMap(([path, { servers = [], ...methods }]) =>
    Object.entries(methods).map(([method, operation]) => {
      const also = servers.map(({ url }) => url).filter((url) => url !== '/');
      return { tag: operation.tags[0] ?? '', html: operationOf(path, method, operation, also) };
    }),
  );
  const sections = tags.map(({ name, description }) => {
    const own = operations.filter(({ tag }) => tag === name).map(({ html }) => html);
    return `<h2>${escaped(description)}</h2>\n${own.join('\n')}`;
  });
  const events = modules.flatMap(({ namespace, events = {}, errors = {} }) =>
    Object.entries(events).map(([name, fields]) => [
      ...[code(namespace), code(name)],
      ...[fields, errors[name] ?? []].map((words) => words.map(code).join(', ')),
    ]),
  );
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(info.title)} ${escaped(info.version)}</title></head>
<body>
<h1>${escaped(info.title)} ${escaped(info.version)}</h1>
<p>${escaped(info.description)} The same for machines: <a href="/openapi.json">/openapi.json</a>.</p>
${sections.join('\n')}
<h2>Events of the modules</h2>
<p>A field with ? is not always there; error is also unknown where something broke.</p>
${table(['namespace', 'event', 'fields of _event.data', 'error'], events)}
</body>
</html>
`;
};
