/**
 * Executable content: each action becomes a function of the session. SCXML 4, 5.4, 6.2.
 *
 * 1. An action that fails throws; its block stops there and queues one error event (SCXML 4.9). Content inside `<if>` and
 *    `<foreach>` is part of the block around it.
 */
import type { Content } from '../chart.js';
import type { Action, Assign, Block, Foreach, If, Log, Raise, Script } from '../document.js';
import { located } from '../failure.js';
import { paramValues, toObject } from './arguments.js';
import { add, problem, type Compiler, type Run } from './compiler.js';
import { compileExtension } from './extension.js';
import { inlineData } from './inline.js';
import { compileCancel, compileSend } from './send.js';

export const compileBlock = (block: Block, compiler: Compiler): Content | undefined => {
  if (block.length === 0) return undefined;
  const run = sequence(block, compiler);
  return (session) => {
    try {
      run(session);
    } catch (error) {
      session.fail(error);
    }
  };
};

const sequence = (block: Block, compiler: Compiler): Run => {
  const actions = block.map((action) => ({
    run: compileAction(action, compiler),
    place: { element: action.kind === 'extension' ? action.element.name : action.kind, at: action.at },
  }));
  return (session) => {
    for (const { run, place } of actions) {
      try {
        run(session);
      } catch (error) {
        throw located(error, place);
      }
    }
  };
};

const compileAction = (action: Action, compiler: Compiler): Run => {
  const compile = compilers[action.kind] as (action: Action, compiler: Compiler) => Run;
  return compile(action, compiler);
};

const compileRaise = ({ event, params }: Raise, compiler: Compiler): Run => {
  const values = paramValues(compiler, params);
  return (session) => {
    session.internalQueue.push({ name: event, type: 'internal', data: toObject(values(session)) });
  };
};

const compileIf = ({ branches }: If, compiler: Compiler): Run => {
  const compiled = branches.map(({ cond, content, at }) => ({
    chunk: cond && add(compiler, 'condition', cond),
    place: { element: 'if', at },
    run: sequence(content, compiler),
  }));
  return (session) => {
    for (const { chunk, place, run } of compiled) {
      if (chunk !== undefined && !session.test(chunk, place)) continue;
      run(session);
      return;
    }
  };
};

const compileForeach = ({ array, item, index, content }: Foreach, compiler: Compiler): Run => {
  const chunk = add(compiler, 'value', array);
  const run = sequence(content, compiler);
  return (session) => {
    session.scope.foreach(chunk, item.text, index?.text, () => {
      run(session);
      return true;
    });
  };
};

const compileLog = ({ label, expr, level, at }: Log, compiler: Compiler): Run => {
  const chunk = expr && add(compiler, 'value', expr);
  return (session) => {
    const value = chunk === undefined ? undefined : session.scope.value(chunk);
    session.effects.push({ type: 'log', label, value, ...(level !== undefined && { level }), at });
    session.hooks.trace?.({ label, value });
  };
};

const compileAssign = ({ location, expr, inline }: Assign, compiler: Compiler): Run => {
  const place = add(compiler, 'location', location);
  if (expr) {
    const value = add(compiler, 'value', expr);
    return (session) => {
      session.scope.assign(place, value);
    };
  }
  const data = inline && inlineData(inline);
  return (session) => {
    session.scope.assignData(place, data);
  };
};

/** Also for the scripts of the document itself. A `src` that cannot be loaded makes the document unusable. SCXML 5.8 */
const compileScript = ({ source, src, at }: Script, compiler: Compiler): Run => {
  const text = src === undefined ? (source?.text ?? '') : compiler.resources(src);
  if (text === undefined) problem(compiler, at, `script "${src ?? ''}" cannot be loaded: the document is refused`);
  const chunk = add(compiler, 'script', { text: text ?? '', at: source?.at ?? at });
  const made = assignedIn(text ?? '', compiler);
  return (session) => {
    for (const name of made) session.scope.declare(name);
    session.scope.run(chunk);
  };
};

/** Variables of the session that a script assigns to and does not declare, where that makes them. */
const assignedIn = (text: string, { inspector, semantics }: Compiler): readonly string[] => {
  if (!semantics.makesVariables) return [];
  const inspection = inspector?.inspect('script', text);
  const free = inspection?.free.filter(({ use }) => use === 'write') ?? [];
  const declared = new Set(inspection?.declared);
  return [...new Set(free.map(({ name }) => name))].filter((name) => !declared.has(name));
};

const compilers: { [K in Action['kind']]: (action: Extract<Action, { kind: K }>, compiler: Compiler) => Run } = {
  raise: compileRaise,
  if: compileIf,
  foreach: compileForeach,
  log: compileLog,
  assign: compileAssign,
  script: compileScript,
  send: compileSend,
  cancel: compileCancel,
  extension: compileExtension,
};
