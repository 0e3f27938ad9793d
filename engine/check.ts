/**
 * Judges a document's structure: everything that SCXML 1.0 forbids is an error, everything that is allowed and surely not
 * meant a warning. `parse/` has told before what it could not read. One judge for one concern, each in `check/`.
 */
import { judgeContent } from './check/content.js';
import { judgeExtensions } from './check/extensions.js';
import { judgeData, judgeIds } from './check/identity.js';
import { judgeLoops } from './check/loops.js';
import { type Outline, outline } from './check/outline.js';
import { judgeRaised } from './check/raised.js';
import { judgeReach } from './check/reach.js';
import { type Report, report } from './check/report.js';
import { judgeShadows } from './check/shadows.js';
import { judgeSources, type Sources } from './check/sources.js';
import { judgeStates } from './check/states.js';
import { judgeTargets } from './check/targets.js';
import { judgeTransitions } from './check/transitions.js';
import type { Document } from './document.js';
import type { Modules } from './modules.js';
import { inOrder, type Problem } from './position.js';

const datamodels = ['ecmascript', 'null'];

const judgeDocument = ({ document: { datamodel, at } }: Outline, to: Report): void => {
  if (!datamodels.includes(datamodel)) {
    to.error(at, `datamodel "${datamodel}" is not supported: write ${datamodels.join(' or ')}`);
  }
};

const judges: readonly ((chart: Outline, to: Report) => void)[] = [
  ...[judgeDocument, judgeIds, judgeData, judgeStates],
  ...[judgeTargets, judgeTransitions, judgeReach, judgeContent],
];

/** What SCXML forbids and what surely is not meant, all at once, in the order of the text. `compile` refuses on an error here. */
export const check = (document: Document): Problem[] => {
  const problems: Problem[] = [];
  const chart = outline(document);
  for (const judge of judges) judge(chart, report(problems));
  return inOrder(problems);
};

/** What a document may say and would regret when it runs: for authors. Sources where the datamodel has some. */
export const advise = (document: Document, modules: Modules | undefined, sources: Sources | undefined): Problem[] => {
  const problems: Problem[] = [];
  const [chart, to] = [outline(document), report(problems)];
  for (const judge of [judgeShadows, judgeLoops, judgeRaised]) judge(chart, to);
  if (modules) judgeExtensions(chart, modules, to);
  if (sources) judgeSources(chart, sources, to);
  return inOrder(problems);
};
