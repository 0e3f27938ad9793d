/**
 * The 200 assertions of the REC that the W3C's Implementation Report Plan tests, by section, read from its manifest. What it
 * takes to judge one is in `judge.ts`.
 */
import type { XmlElement } from '../../engine/document.js';
import { parseXml } from '../../engine/parse/element.js';
import { w3cCases, w3cManifest, type Case } from '../support/suite.js';

export interface Assertion {
  readonly id: string;
  /** Number and anchor in the REC: `3.2 scxml`. */
  readonly section: string;
  readonly mandatory: boolean;
  /** Judged by a person who reads the log. */
  readonly manual: boolean;
  /** Start documents. The package has two variants of 303, and no document for 513. */
  readonly cases: readonly Case[];
}

const elements = ({ children }: XmlElement, name: string): XmlElement[] =>
  children.filter((child): child is XmlElement => 'name' in child && child.name === name);

const attribute = (element: XmlElement, name: string): string => {
  const value = element.attributes[name]?.text;
  if (value === undefined) throw new Error(`the manifest's <${element.name}> has no ${name}`);
  return value;
};

/** In the order of the manifest, which is that of the REC. */
export const assertions = (): readonly Assertion[] => {
  const cases = w3cCases();
  return elements(parseXml(w3cManifest()), 'assert').flatMap((assertion) =>
    elements(assertion, 'test').map((test) => {
      const starts = elements(test, 'start').map((start) =>
        attribute(start, 'uri').replace(/^.*\/test|\.(txml|txt)$/g, ''),
      );
      return {
        id: attribute(test, 'id'),
        section: `${attribute(assertion, 'specnum')} ${attribute(assertion, 'specid').slice(1)}`,
        mandatory: attribute(test, 'conformance') === 'mandatory',
        manual: attribute(test, 'manual') === 'true',
        cases: cases.filter(({ name }) => starts.includes(name.replace(/-\d+$/, ''))),
      };
    }),
  );
};

export const bySection = (some: readonly Assertion[]): ReadonlyMap<string, readonly Assertion[]> =>
  new Map(some.map(({ section }) => [section, some.filter((assertion) => assertion.section === section)]));
