import { expect } from 'chai';
import type { Express } from 'express';
import { virtualClock } from '../../../server/clock/virtual.js';
import { modulesText } from '../../../server/openapi/modules.js';
import { description } from '../../../server/openapi/description.js';
import { tables } from '../../../server/ors/modules/tables.js';
import { codes, statusOf } from '../../../server/problems.js';
import { memoryStore } from '../../../server/store/memory.js';
import { wholeServer, type Whole } from '../whole.js';

interface Layer {
  readonly route?: {
    readonly path: string | RegExp | readonly string[];
    readonly methods: Readonly<Record<string, boolean>>;
  };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/** All routes of an application, those of its routers among them. */
const routesOf = (layers: readonly Layer[]): NonNullable<Layer['route']>[] =>
  layers.flatMap(({ route, handle }) => (route ? [route] : routesOf(handle.stack ?? [])));

const ID = '004BUJ1C0KBHF8NIG7HNK2LAES000008';
/** `/scxml/session/{id}/event/{name}` with something in its place. */
const asked = (template: string): string =>
  template
    .replace('/{name}/{id}', '/s/1-a')
    .replace('/service/{id}', '/service/1-a')
    .replace('{id}', ID)
    .replace('{name}', 'e')
    .replace('{seq}', '1')
    .replace('{call}', 'max');

const operations = Object.entries(description.paths).flatMap(([path, { servers, ...methods }]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation, servers })),
);

/** Whether what a path has in braces may be what another path says: an id may be "availability". */
const describes = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

describe('the description', () => {
  let whole: Whole;
  before(async () => {
    whole = await wholeServer({ store: memoryStore(), clock: virtualClock() });
  });
  after(() => whole.close());

  it('has every route that there is, with its methods', () => {
    const routes = routesOf((whole.app as Express & { router: { stack: Layer[] } }).router.stack);
    expect(routes.length).to.be.greaterThan(15);
    for (const { path, methods } of routes)
      for (const each of typeof path === 'string' || path instanceof RegExp ? [path] : path) {
        const fits = (template: string): boolean =>
          each instanceof RegExp
            ? each.test(asked(template))
            : each.replace(/:\w+/g, '{}') === template.replace(/\{\w+\}/g, '{}');
        const found = operations.filter((operation) => fits(operation.path));
        expect(found, String(each)).not.to.be.empty;
        const verbs = Object.keys(methods).filter((method) => method !== '_all');
        expect(
          found.map(({ method }) => method),
          String(each),
        ).to.include.members(verbs);
      }
  });

  for (const { path, method, servers = [{ url: '/' }] } of operations)
    for (const { url } of servers)
      it(`is right that something answers ${method.toUpperCase()} ${url.replace(/\/$/, '')}${path}`, async () => {
        const answer = await fetch(`${whole.url}${url.replace(/\/$/, '')}${asked(path)}`, {
          method: method.toUpperCase(),
        });
        const text = await answer.text();
        expect(answer.status).not.to.equal(405);
        expect(text).not.to.include('"code":"NOT_FOUND"');
      });

  it('has methods that there are, and no other: what is not described is not done', async () => {
    for (const path of new Set(operations.map((each) => each.path))) {
      const known = operations.filter((each) => describes(each.path, path)).map(({ method }) => method);
      for (const method of ['get', 'post', 'put', 'delete', 'patch'].filter((each) => !known.includes(each))) {
        const { status } = await fetch(`${whole.url}${asked(path)}`, { method: method.toUpperCase() });
        expect([401, 403, 404, 405], `${method} ${path}`).to.include(status);
      }
    }
  });

  it('names each operation once, and each parameter of its path', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const { path, operation } of operations) {
      const named = (operation.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => name);
      expect(named, path).to.have.members([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  it('has every problem that a client can meet, by its status', () => {
    const text = JSON.stringify(description.paths);
    const elsewhere = ['NOT_FOUND', 'METHOD_NOT_ALLOWED'];
    for (const code of codes.filter((each) => !elsewhere.includes(each))) expect(text).to.include(code);
    expect(statusOf('SESSION_OVER')).to.equal(409);
  });

  it('is served as it is', async () => {
    const { status, data } = await whole.ask('GET', '/openapi.json');
    expect(status).to.equal(200);
    expect(data).to.deep.equal(JSON.parse(JSON.stringify(description)));
  });

  it('is a page that has all of it, and loads and runs nothing', async () => {
    const { headers, data } = await whole.ask('GET', '/docs');
    const page: unknown = data;
    if (typeof page !== 'string') throw new Error('it is no text');
    expect(headers['content-type']).to.equal('text/html; charset=utf-8');
    expect(headers['content-security-policy'])
      .to.match(/^default-src 'none'/)
      .and.not.include('unsafe');
    for (const { operation } of operations) expect(page).to.include(`id="${operation.operationId}"`);
    for (const { namespace, events = {}, errors = {} } of tables)
      for (const [name, fields] of Object.entries(events)) {
        const escaped = (text: string) => text.replace('<', '&lt;').replace('>', '&gt;');
        const shown = [[namespace], [name], fields, errors[name] ?? []];
        const cells = shown.map((texts) => texts.map((text) => `<code>${escaped(text)}</code>`).join(', '));
        expect(page).to.include(`<td>${cells.join('</td><td>')}</td>`);
      }
    expect(page).not.to.match(/<script|<link|<img|<style|https?:/);
  });

  it('is the help of ORS as text, with the events of the modules, below each root', async () => {
    for (const path of ['/ors/help', '/genesys/1/ors//help/']) {
      const { headers, data } = await whole.ask('GET', path);
      const help: unknown = data;
      if (typeof help !== 'string') throw new Error('it is no text');
      expect(headers['content-type']).to.equal('text/plain; charset=utf-8');
      for (const { method, path } of operations)
        expect(help).to.match(new RegExp(`${method.toUpperCase()} +\\${path.replace(/[{}]/g, '\\$&')}\n`));
      expect(help).to.include(modulesText(tables));
    }
  });
});
