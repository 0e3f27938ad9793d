/** The words of OpenAPI 3.1 that the description uses, and the parts that many operations share. `description.ts` puts it together. */
import { statusOf, type Code } from '../problems.js';

export type Schema = Readonly<Record<string, unknown>>;

interface Media {
  readonly schema: Schema;
}

export interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, Media>>;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly description: string;
  readonly schema: Schema;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly responses: Readonly<Record<string, Answer>>;
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface PathItem extends Partial<Record<Method, Operation>> {
  /** Where it answers besides. */
  readonly servers?: readonly { readonly url: string; readonly description?: string }[];
}

export type Paths = Readonly<Record<string, PathItem>>;

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** All of these are there, those with `?` may be, and nothing else is. */
export const object = (fields: Readonly<Record<string, Schema>>): Schema => {
  const named = Object.entries(fields).map(([name, schema]) => [name.replace('?', ''), schema] as const);
  const required = Object.keys(fields).filter((name) => !name.endsWith('?'));
  return { type: 'object', properties: Object.fromEntries(named), required, additionalProperties: false };
};

export const json = (schema: Schema): Readonly<Record<string, Media>> => ({ 'application/json': { schema } });

export const text = (type = 'text/plain'): Readonly<Record<string, Media>> => ({
  [type]: { schema: { type: 'string' } },
});

export const param = (name: string, where: Parameter['in'], description: string, schema: Schema): Parameter => ({
  name,
  in: where,
  required: where === 'path',
  description,
  schema,
});

/** What any request can meet; and any that may have a body. */
const always: readonly Code[] = ['PATH_MALFORMED', 'INTERNAL', 'NOT_READY'];
export const ofBodies: readonly Code[] = [
  ...(['BODY_MALFORMED', 'BODY_TOO_LARGE', 'LENGTH_REQUIRED', 'CONTENT_TYPE_UNSUPPORTED'] as const),
];

/** The answers that say what is wrong, by status; `others` are bodies of another form, by status, too. */
export const problems = (
  codes: readonly Code[],
  others: Readonly<Record<number, Schema>> = {},
): Readonly<Record<string, Answer>> => {
  const byStatus = new Map<number, Code[]>();
  for (const code of [...codes, ...always]) {
    const status = statusOf(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const statuses = new Set([...byStatus.keys(), ...Object.keys(others).map(Number)]);
  return Object.fromEntries(
    [...statuses].map((status) => {
      const ours = byStatus.get(status) ?? [];
      const schemas = [
        ...(ours.length > 0 ? [{ ...ref('Problem'), properties: { code: { enum: ours } } }] : []),
        ...(others[status] ? [others[status]] : []),
      ];
      const description = [...ours, ...(others[status] ? ['the error of the Callback services'] : [])].join(', ');
      return [
        String(status),
        { description, content: json(schemas.length === 1 ? (schemas[0] ?? {}) : { anyOf: schemas }) },
      ];
    }),
  );
};
