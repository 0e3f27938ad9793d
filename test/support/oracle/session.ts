/**
 * The oracle: SCXML 1.0 Appendix D, interpreted as it is written, for tests to hold the engine to. It shares only the reading of
 * documents (`engine/parse`) with the engine and works everything out anew each time. `world.ts` runs sessions beside each other.
 *
 * 1. The procedures bear the names of the Appendix; what it calls global variables are the fields of a session.
 * 2. Waiting for an external event is a return: `receive` goes on.
 */
import type { Data, Document, Invoke } from '../../../engine/document.js';
import { applyFinalize, executeContent } from './content.js';
import { Evaluator, literal } from './evaluator.js';
import { Failure, type OracleEvent } from './event.js';
import { donedata, invoke } from './message.js';
import type { Birth, Executing, Outside } from './platform.js';
import { selectEventlessTransitions, selectTransitions } from './selection.js';
import { computeEntrySet, computeExitSet } from './sets.js';
import {
  documentOrder,
  exitOrder,
  getChildStates,
  grow,
  isAtomicState,
  isCompoundState,
  isDescendant,
  isFinalState,
  isHistoryState,
  isParallelState,
  isScxmlElement,
  type Node,
  type Transition,
} from './tree.js';

export class Session implements Executing {
  readonly configuration = new Set<Node>();
  readonly historyValue = new Map<Node, readonly Node[]>();
  readonly internalQueue: OracleEvent[] = [];
  readonly invoked = new Map<Invoke, string>();
  readonly datamodel: Evaluator;
  readonly sessionid: string;
  running = true;
  /** The top-level final state in which the session ended, and its donedata. */
  final: Node | undefined;
  output = 'undefined';
  readonly #root: Node;
  readonly #statesToInvoke = new Set<Node>();
  readonly #entered = new Set<Node>();
  #ids = 0;

  constructor(
    readonly document: Document,
    readonly birth: Birth,
    readonly outside: Outside,
  ) {
    this.sessionid = birth.sessionid;
    this.#root = grow(document);
    this.datamodel = new Evaluator(
      (id) => [...this.configuration].some((s) => s.id === id),
      () => outside.now(),
    );
  }

  interpret(): void {
    this.#initializeDatamodel();
    for (const script of this.document.scripts) executeContent([script], this);
    if (this.#root.initial) this.#enterStates([this.#root.initial]);
    this.#mainEventLoop();
  }

  /** The rest of the loop's body after its wait, and the loop again. */
  receive(externalEvent: OracleEvent): void {
    if (!this.running) return;
    this.datamodel.setEvent(externalEvent);
    for (const state of this.configuration)
      for (const inv of state.state?.invokes ?? []) {
        const invokeid = this.invoked.get(inv);
        if (invokeid === undefined) continue;
        if (invokeid === externalEvent.invokeid) applyFinalize(inv, this);
        if (inv.autoforward) this.outside.forward(this, invokeid, externalEvent);
      }
    this.#microstep(selectTransitions(externalEvent.name, this));
    this.#mainEventLoop();
  }

  /** isCancelEvent */
  cancel(): void {
    if (!this.running) return;
    this.running = false;
    this.#mainEventLoop();
  }

  #mainEventLoop(): void {
    while (this.#macrostep()) {
      for (const state of [...this.#statesToInvoke].sort(documentOrder))
        for (const inv of state.state?.invokes ?? [])
          this.attempt(() => {
            invoke(inv, state, this);
          });
      this.#statesToInvoke.clear();
      if (this.internalQueue.length === 0) return;
    }
    this.#exitInterpreter();
  }

  /** Whether the session still runs at its end. */
  #macrostep(): boolean {
    for (let left = 10_000; left > 0; left -= 1) {
      if (!this.running) return false;
      let enabledTransitions = selectEventlessTransitions(this);
      if (enabledTransitions.length === 0) {
        const internalEvent = this.internalQueue.shift();
        if (!internalEvent) return true;
        this.datamodel.setEvent(internalEvent);
        enabledTransitions = selectTransitions(internalEvent.name, this);
      }
      this.#microstep(enabledTransitions);
    }
    throw new Error('a macrostep without end');
  }

  #microstep(enabledTransitions: readonly Transition[]): void {
    if (enabledTransitions.length === 0) return;
    this.#exitStates(enabledTransitions);
    for (const { content } of enabledTransitions) executeContent(content, this);
    this.#enterStates(enabledTransitions);
  }

  #exitStates(enabledTransitions: readonly Transition[]): void {
    const exits = computeExitSet(enabledTransitions, this);
    for (const s of exits) this.#statesToInvoke.delete(s);
    const statesToExit = [...exits].sort(exitOrder);
    for (const s of statesToExit)
      for (const h of s.children.filter(isHistoryState)) {
        const f = (s0: Node) =>
          h.state?.history === 'deep' ? isAtomicState(s0) && isDescendant(s0, s) : s0.parent === s;
        this.historyValue.set(h, [...this.configuration].filter(f));
      }
    for (const s of statesToExit) this.#exit(s);
  }

  #exit(s: Node): void {
    for (const content of s.state?.onexit ?? []) executeContent(content, this);
    for (const inv of s.state?.invokes ?? []) {
      const invokeid = this.invoked.get(inv);
      this.invoked.delete(inv);
      if (invokeid !== undefined) this.outside.cancelInvoke(this, invokeid);
    }
    this.configuration.delete(s);
    this.outside.trace(this, `exit ${s.id}`);
  }

  #enterStates(enabledTransitions: readonly Transition[]): void {
    const { statesToEnter, statesForDefaultEntry, defaultHistoryContent } = computeEntrySet(enabledTransitions, this);
    for (const s of [...statesToEnter].sort(documentOrder)) {
      this.#enter(s);
      if (statesForDefaultEntry.has(s) && s.initial) executeContent(s.initial.content, this);
      executeContent(defaultHistoryContent.get(s) ?? [], this);
      if (isFinalState(s)) this.#done(s);
    }
  }

  #enter(s: Node): void {
    this.configuration.add(s);
    this.#statesToInvoke.add(s);
    this.outside.trace(this, `enter ${s.id}`);
    if (this.document.binding === 'late' && !this.#entered.has(s)) this.#bind(s.state?.data ?? []);
    this.#entered.add(s);
    for (const content of s.state?.onentry ?? []) executeContent(content, this);
  }

  #done(s: Node): void {
    const { parent } = s;
    if (!parent) return;
    if (isScxmlElement(parent)) {
      this.running = false;
      return;
    }
    const data = donedata(s.state?.donedata, this);
    this.internalQueue.push({ name: `done.state.${parent.id}`, type: 'platform', data });
    const grandparent = parent.parent;
    if (!grandparent || !isParallelState(grandparent)) return;
    if (getChildStates(grandparent).every((each) => this.#isInFinalState(each)))
      this.internalQueue.push({ name: `done.state.${grandparent.id}`, type: 'platform', data: 'undefined' });
  }

  #isInFinalState(s: Node): boolean {
    if (isCompoundState(s)) return getChildStates(s).some((each) => isFinalState(each) && this.configuration.has(each));
    return isParallelState(s) && getChildStates(s).every((each) => this.#isInFinalState(each));
  }

  #exitInterpreter(): void {
    for (const s of [...this.configuration].sort(exitOrder)) {
      this.#exit(s);
      if (!isFinalState(s) || !s.parent || !isScxmlElement(s.parent)) continue;
      // returnDoneEvent(s.donedata)
      this.output = donedata(s.state?.donedata, this);
      this.final = s;
    }
    this.outside.done(this);
  }

  conditionMatch({ cond }: Transition): boolean {
    return cond === undefined || this.test(cond);
  }

  test(cond: string): boolean {
    let holds = false;
    this.attempt(() => {
      holds = this.datamodel.condition(cond);
    });
    return holds;
  }

  attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      const [name, sendid] = error instanceof Failure ? [error.event, error.sendid] : ['error.execution', undefined];
      this.internalQueue.push({ name, type: 'platform', sendid, data: '"why"' });
    }
  }

  trace(entry: string): void {
    this.outside.trace(this, entry);
  }

  newId(prefix: string): string {
    this.#ids += 1;
    return `${prefix}.${this.#ids}`;
  }

  /** SCXML 5.3, 5.3.2, 5.10: early, everything in document order; late, what is not at the top has no value yet. */
  #initializeDatamodel(): void {
    const { sessionid, document, birth } = this;
    const io = JSON.stringify({ location: `#_scxml_${sessionid}` });
    this.datamodel.run(
      `var _sessionid = ${JSON.stringify(sessionid)}, _name = ${JSON.stringify(document.name)}, _x = {}, ` +
        `_ioprocessors = { scxml: ${io}, 'http://www.w3.org/TR/scxml/#SCXMLEventProcessor': ${io} };`,
    );
    const params = birth.params ?? {};
    const given = document.data.filter(({ id }) => params[id] !== undefined);
    for (const { id } of given) this.datamodel.declare(id, params[id] ?? 'undefined');
    this.#bind(document.data.filter((each) => !given.includes(each)));
    const below = allStates(this.#root)
      .sort(documentOrder)
      .flatMap(({ state }) => state?.data ?? []);
    if (document.binding === 'early') this.#bind(below);
    else for (const { id } of below) if (!this.datamodel.declared(id)) this.datamodel.declare(id, 'undefined');
  }

  #bind(data: readonly Data[]): void {
    for (const { id, src, expr, inline } of data)
      this.attempt(() => {
        if (!this.datamodel.declared(id)) this.datamodel.declare(id, 'undefined');
        const loaded = src === undefined ? undefined : this.outside.resource(src);
        if (src !== undefined && loaded === undefined) throw new Error(`${src} is not there`);
        const at = { line: 0, column: 0 };
        this.datamodel.declare(id, expr?.text ?? literal(loaded === undefined ? inline : { text: loaded, at }));
      });
  }
}

const allStates = (node: Node): Node[] => [node, ...node.children.flatMap(allStates)];
