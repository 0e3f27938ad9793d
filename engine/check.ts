/**
 * Judges a document's structure: everything that SCXML 1.0 forbids is an error, everything that is allowed and surely not
 * meant a warning. `parse/` has told before what it could not read; expressions are the datamodel's business.
 * One judge for one concern, each in `check/`.
 */
import { judgeContent } from './check/content.js';
import { judgeData, judgeIds } from './check/identity.js';
import { type Outline, outline } from './check/outline.js';
import { judgeReach } from './check/reach.js';
import { type Report, report } from './check/report.js';
import { judgeStates } from './check/states.js';
import { judgeTargets } from './check/targets.js';
import { judgeTransitions } from './check/transitions.js';
import type { Document } from './document.js';
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

/** All problems at once, in the order of the text. */
export const check = (document: Document): Problem[] => {
  const problems: Problem[] = [];
  const chart = outline(document);
  for (const judge of judges) judge(chart, report(problems));
  return inOrder(problems);
};
