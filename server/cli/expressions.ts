/**
 * The expressions of a document that cannot be compiled. `compile/` is who reads documents; this goes through the model by the
 * names of its fields, only to find what does not parse.
 */
import type { ChunkKind, ProgramBuilder } from '../../engine/datamodel/datamodel.js';
import type { Document, Source } from '../../engine/document.js';
import type { Problem } from '../../engine/position.js';

const kinds: Readonly<Record<string, ChunkKind>> = {
  array: 'value',
  cond: 'condition',
  delayexpr: 'value',
  eventexpr: 'value',
  expr: 'value',
  idlocation: 'location',
  location: 'location',
  namelist: 'location',
  sendidexpr: 'value',
  source: 'script',
  srcexpr: 'value',
  targetexpr: 'value',
  typeexpr: 'value',
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isSource = (value: object): value is Source => 'text' in value && 'at' in value;

export const judgeExpressions = (document: Document, builder: ProgramBuilder): readonly Problem[] => {
  const visit = (node: object): void => {
    for (const [name, value] of Object.entries(node) as [string, unknown][]) {
      // Actions of modules are read by the table of their module.
      if (!isObject(value) || name === 'element') continue;
      const kind = kinds[name];
      const sources = kind ? [value].flat().filter(isSource) : [];
      for (const { text, at } of sources) if (kind) builder.add(kind, text, at);
      if (sources.length === 0) visit(value);
    }
  };
  visit(document);
  return builder.problems;
};
