/** What nobody should send, made from the schema of what one should: `fuzz.test.ts` sends it. */
import fc from 'fast-check';
import { description } from '../../../server/openapi/description.js';
import type { Operation, Schema } from '../../../server/openapi/operation.js';

export interface Sent {
  readonly path: string;
  readonly type: string | undefined;
  readonly body: string | undefined;
}

const texts = [
  ...['', ' ', '0', '-1', '1e400', 'true', 'null', 'undefined', '__proto__', 'constructor', 'toString', '%', '%zz'],
  ...["' OR 1=1 --", '"; DROP TABLE callback; --', "%' ESCAPE '", '*', '!COMPLETED', '${7*7}', '$_target$', '{{x}}'],
  ...['../../../etc/passwd', 'file:///etc/passwd', 'http://127.0.0.1:1/', '<!DOCTYPE x [<!ENTITY y SYSTEM "z">]>'],
  ...['a\r\nSet-Cookie: x=1', 'a\u0000b', '\ud800', '\u202e\u0301\u{1f4a9}', 'İ', '２０２６-01-01', '+1 650 466 1230'],
  ...[
    '2026-02-30T25:61:00.000Z',
    '9999-12-31T23:59:59.999Z',
    '-271821-04-20T00:00:00.000Z',
    'P1Y',
    '(a+)+$',
    '[',
    '(?<x>',
  ],
  ...['9'.repeat(400), 'a'.repeat(20_000), ','.repeat(5000), '('.repeat(3000), 'é'.repeat(5000)],
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

const wrong: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, true, -1, 0, 1.5, 1e21, -0, 2 ** 53, [], {}, [[]], deep(60), deep(2000)),
  fc.constant(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`k${index}`, index]))),
  fc.array(text, { maxLength: 4 }),
  fc.dictionary(text, text, { maxKeys: 4 }),
);

const schemas = description.components.schemas!;

/** Right in parts: each value is as the schema says, or is not. */
const like = (schema: Schema, depth = 0): fc.Arbitrary<unknown> => {
  const { $ref } = schema as Fields;
  if ($ref !== undefined) return like(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, depth);
  return mostly((depth < 3 ? nested(schema, depth) : undefined) ?? plain(schema));
};

const nested = ({ type, properties, items = {} }: Fields, depth: number): fc.Arbitrary<unknown> | undefined => {
  if (properties) return objectLike(properties, depth);
  return type === 'array' ? fc.array(like(items, depth + 1), { maxLength: 3 }) : undefined;
};

const plain = ({ type, enum: values }: Fields): fc.Arbitrary<unknown> => {
  if (values) return fc.constantFrom(...values);
  if (type === 'integer' || type === 'number') return fc.integer();
  return type === 'boolean' ? fc.boolean() : text;
};

interface Fields {
  readonly $ref?: string;
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
}

const mostly = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: wrong });

const objectLike = (properties: Readonly<Record<string, Schema>>, depth: number): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.record(Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, like(each, depth + 1)])), {
        requiredKeys: [],
      }),
      fc.dictionary(fc.constantFrom('usr_x', '_target', '__proto__', '_ttl', 'a b', '_throttled_x'), wrong, {
        maxKeys: 2,
      }),
    )
    .map(([known, more]) => ({ ...known, ...more }));

/** JSON cannot say every text; what it cannot is left as it is. */
const jsonOf = (value: unknown): string => JSON.stringify([value]).slice(1, -1);

const formOf = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .flatMap(([key, one]: [string, unknown]) => {
          const pair = `${escaped(key)}=${escaped(typeof one === 'string' ? one : jsonOf(one))}`;
          return [pair, pair];
        })
        .join('&')
    : escaped(String(value));

/** Lone surrogates become the sign for what cannot be shown. */
const escaped = (part: string): string => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd'));

const types = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/xml',
  'application/json; charset=utf-7',
  'x',
];

const bodyOf = (schema: Schema): fc.Arbitrary<Pick<Sent, 'type' | 'body'>> =>
  fc.oneof(
    { weight: 6, arbitrary: like(schema).map((value) => ({ type: types[0], body: jsonOf(value) })) },
    { weight: 2, arbitrary: like(schema).map((value) => ({ type: types[1], body: formOf(value) })) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constantFrom(...types),
        body: fc.oneof(
          text,
          fc.constantFrom(
            '{"a":1,"a":2}',
            '{',
            '[1,',
            '"',
            '{"__proto__":{"x":1}}',
            '['.repeat(20_000),
            '--x\r\n\r\n--x--',
          ),
        ),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ type: undefined, body: undefined }) },
  );

/** A request of this operation. */
export const hostileTo = (template: string, method: string, operation: Operation): fc.Arbitrary<Sent> => {
  const parameters = operation.parameters ?? [];
  const asked = parameters.filter((each) => each.in === 'query').map(({ name }) => name);
  const query = fc.array(fc.tuple(fc.constantFrom(...asked, 'limit', 'x', '__proto__', 'a[b][c]'), text), {
    maxLength: 4,
  });
  const inPath = fc.array(
    fc.oneof({ weight: 2, arbitrary: text }, { weight: 1, arbitrary: fc.constantFrom('Mine', '1-none', 'alice', '7') }),
    { minLength: 3, maxLength: 3 },
  );
  const media = Object.values(operation.requestBody?.content ?? {})[0];
  const body =
    method === 'GET' ? fc.constant({ type: undefined, body: undefined }) : bodyOf(media?.schema ?? { type: 'object' });
  return fc.tuple(inPath, query, body).map(([names, pairs, sent]) => {
    let index = 0;
    const path = template.replace(
      /\{\w+\}/g,
      () => escaped((names[index++ % names.length] ?? '').slice(0, 500)) || 'x',
    );
    const search = pairs.map(([name, value]) => `${escaped(name)}=${escaped(value.slice(0, 2000))}`).join('&');
    return { path: search === '' ? path : `${path}?${search}`, ...sent };
  });
};
