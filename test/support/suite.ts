/** The cases of @scion-scxml/test-framework: W3C's IRP documents (ECMAScript) and SCION's own, with their scripts. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(dirname(createRequire(import.meta.url).resolve('@scion-scxml/test-framework/package.json')), 'test');

interface Script {
  readonly initialConfiguration: readonly string[];
  readonly events: readonly {
    readonly after?: number;
    readonly event: { readonly name: string; readonly data?: unknown };
    readonly nextConfiguration: readonly string[];
  }[];
}

export interface Case {
  readonly folder: string;
  readonly name: string;
  readonly text: string;
  /** Files beside the document. */
  readonly resources: (src: string) => string | undefined;
}

const read = (folder: string, file: string): string => readFileSync(join(root, folder, file), 'utf8');

const resourcesOf = (folder: string) => {
  const files = new Set(readdirSync(join(root, folder)));
  return (src: string): string | undefined => {
    const file = src.replace(/^file:/, '').replace(/^\.\//, '');
    const name = [file, `${file}.scxml`, file.replace(/\.scxml$/, '.txml.scxml')].find((each) => files.has(each));
    return name === undefined ? undefined : read(folder, name);
  };
};

/** The W3C's list of assertions and of the documents that test them. */
export const w3cManifest = (): string => read('w3c-ecma', 'manifest.xml');

/** Start documents of the W3C suite; the others of the folder are invoked or included by them. */
export const w3cCases = (): Case[] =>
  readdirSync(join(root, 'w3c-ecma'))
    .filter((file) => /^test\d+[a-z]?(-\d+)?\.txml\.scxml$/.test(file))
    .map((file) => ({
      folder: 'w3c-ecma',
      name: file.replace(/^test|\.txml\.scxml$/g, ''),
      text: read('w3c-ecma', file),
      resources: resourcesOf('w3c-ecma'),
    }));

export type ScionCase = Case & { readonly script: Script };

/**
 * Two scripts expect SCION's own semantics (a transition domain may be a parallel state); the W3C's result (SCXML 3.13, LCCA:
 * the domain is a compound state) is what the same files list as `legacySemantics`. In the others the names are the other way
 * round: the script is the W3C's and `legacySemantics` what SCION did before.
 */
const w3cIsLegacy = new Set(['more-parallel/test10', 'more-parallel/test10b']);

export const scionCases = (): ScionCase[] =>
  readdirSync(root)
    .filter((folder) => folder !== 'w3c-ecma')
    .flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((file) => file.endsWith('.json'))
        .map((file) => {
          const script = JSON.parse(read(folder, file)) as Script & { legacySemantics?: Script };
          const name = file.replace(/\.json$/, '');
          return {
            folder,
            name,
            text: read(folder, `${name}.scxml`),
            resources: resourcesOf(folder),
            script: w3cIsLegacy.has(`${folder}/${name}`) ? (script.legacySemantics ?? script) : script,
          };
        }),
    );
