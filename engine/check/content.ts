/** Executable content, `<invoke>` and `<donedata>`: attributes and children that go together. SCXML 4, 5, 6 */
import type { Action, Assign, Block, Cancel, Content, DoneData, If, Invoke, Raise, Script, Send } from '../document.js';
import { SCXML_PROCESSOR } from '../event.js';
import type { Position } from '../position.js';
import { blocksOf, innerBlocks } from './actions.js';
import type { Outline } from './outline.js';
import { exclusive, type Report } from './report.js';

export const judgeContent = ({ document, nodes }: Outline, to: Report): void => {
  for (const script of document.scripts) judgeScript(script, to);
  for (const node of nodes) {
    blocksOf(node).forEach((block) => judgeBlock(block, to));
    for (const invoke of node.state?.invokes ?? []) judgeInvoke(invoke, to);
    if (node.state?.donedata) judgeDoneData(node.state.donedata, to);
  }
};

const judgeBlock = (block: Block, to: Report): void => block.forEach((action) => judgeAction(action, to));

const judgeRaise = ({ event, at }: Raise, to: Report): void => judgeEvent(event, at, to);

const judgeEvent = (event: string, at: Position, to: Report): void => {
  if (!/^\S+$/.test(event)) to.error(at, `event "${event}" is no event name: it is one word`);
};

/** SCXML 4.3, 4.5 */
const judgeIf = ({ branches }: If, to: Report): void => {
  const misplaced = branches.findIndex(({ cond }, index) => !cond && index > 0 && index < branches.length - 1);
  const after = misplaced < 0 ? undefined : branches[misplaced + 1];
  if (after) to.error(after.at, 'nothing can follow <else>: move it to the end of <if>');
  for (const { content } of branches) judgeBlock(content, to);
};

/** SCXML 5.4 */
const judgeAssign = ({ expr, inline, at }: Assign, to: Report): void => {
  exclusive(to, at, 'assign', { expr, content: inline });
  if (!expr && !inline) to.error(at, '<assign> needs a value: give it expr or content');
};

/** SCXML 5.8 */
const judgeScript = ({ source, src, at }: Script, to: Report): void =>
  exclusive(to, at, 'script', { src, text: source });

/** SCXML 5.6 */
const judgeBody = (content: Content | undefined, to: Report): void => {
  if (content) exclusive(to, content.at, 'content', { expr: content.expr, children: content.inline });
};

/** SCXML 5.5 */
const judgeDoneData = ({ params, content, at }: DoneData, to: Report): void => {
  judgeBody(content, to);
  exclusive(to, at, 'donedata', { '<content>': content, '<param>': params[0] });
};

/** A time as CSS 2 writes it. SCXML 6.2.1 */
const duration = /^\s*(\d+(\.\d+)?|\.\d+)(s|ms)\s*$/;

/** SCXML 6.2 */
const judgeSend = (send: Send, to: Report): void => {
  const { event, eventexpr, type, typeexpr, target, targetexpr, delay, delayexpr, content, at } = send;
  exclusive(to, at, 'send', { event, eventexpr });
  exclusive(to, at, 'send', { target, targetexpr });
  exclusive(to, at, 'send', { type, typeexpr });
  exclusive(to, at, 'send', { id: send.id, idlocation: send.idlocation });
  exclusive(to, at, 'send', { delay, delayexpr });
  exclusive(to, at, 'send', { '<content>': content, namelist: send.namelist[0] });
  exclusive(to, at, 'send', { '<content>': content, '<param>': send.params[0] });
  judgeBody(content, to);
  if (event !== undefined) judgeEvent(event, at, to);
  judgeSendForm(send, to);
};

const judgeSendForm = (send: Send, to: Report): void => {
  const { event, eventexpr, type, typeexpr, at } = send;
  const own = !typeexpr && (type === undefined || type === 'scxml' || type === SCXML_PROCESSOR);
  if (own && event === undefined && !eventexpr) to.error(at, '<send> needs event or eventexpr');
  judgeDelay(send, to);
};

const judgeDelay = ({ target, delay, delayexpr, at }: Send, to: Report): void => {
  if (delay !== undefined && !duration.test(delay)) {
    to.error(at, `delay "${delay}" is no time: write a number with s or ms, such as 1.5s`);
  }
  if (target === '#_internal' && (delay ?? delayexpr) !== undefined) {
    to.error(at, 'an event to #_internal cannot be delayed: remove the delay or the target');
  }
};

/** SCXML 6.3 */
const judgeCancel = ({ sendid, sendidexpr, at }: Cancel, to: Report): void => {
  exclusive(to, at, 'cancel', { sendid, sendidexpr });
  if (sendid === undefined && !sendidexpr) to.error(at, '<cancel> needs sendid or sendidexpr');
};

/** SCXML 6.4 */
const judgeInvoke = (invoke: Invoke, to: Report): void => {
  const { id, idlocation, type, typeexpr, src, srcexpr, content, namelist, params, finalize, at } = invoke;
  exclusive(to, at, 'invoke', { type, typeexpr });
  exclusive(to, at, 'invoke', { id, idlocation });
  exclusive(to, at, 'invoke', { src, srcexpr, '<content>': content });
  exclusive(to, at, 'invoke', { namelist: namelist[0], '<param>': params[0] });
  judgeBody(content, to);
  if (src === undefined && !srcexpr && !content)
    to.warn(at, '<invoke> says not what to invoke: give it src or <content>');
  if (!finalize) return;
  judgeBlock(finalize, to);
  judgeFinalize(finalize, to);
};

/** SCXML 6.5: what stands here only takes the data over. */
const judgeFinalize = (block: Block, to: Report): void => {
  for (const action of block) {
    if (action.kind === 'raise' || action.kind === 'send') {
      to.error(action.at, `<${action.kind}> cannot stand in <finalize>: move it into a transition on the event`);
    }
    for (const inner of innerBlocks(action)) judgeFinalize(inner, to);
  }
};

const nothing = (): void => undefined;

const judges: { readonly [Kind in Action['kind']]: (action: Extract<Action, { kind: Kind }>, to: Report) => void } = {
  raise: judgeRaise,
  if: judgeIf,
  foreach: ({ content }, to) => judgeBlock(content, to),
  log: nothing,
  assign: judgeAssign,
  script: judgeScript,
  send: judgeSend,
  cancel: judgeCancel,
  extension: nothing,
};

const judgeAction = (action: Action, to: Report): void =>
  (judges[action.kind] as (action: Action, to: Report) => void)(action, to);
