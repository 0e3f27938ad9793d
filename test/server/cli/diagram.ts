/** Reads the part of Mermaid's stateDiagram-v2 that `ringback graph` writes, and refuses everything else. */

export interface Diagram {
  /** name -> the name of the state that holds it, '' for the diagram; and what is written in it. */
  readonly states: ReadonlyMap<string, { readonly parent: string; readonly label: string; readonly region: number }>;
  /** `from -> to: label`; `[*]` carries the state that it starts or ends. */
  readonly edges: readonly string[];
}

const unescape = (text: string): string =>
  text.replace(/#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

export const readDiagram = (text: string): Diagram => {
  const [head, ...lines] = text.split('\n');
  if (head !== 'stateDiagram-v2') throw new Error(`no state diagram: ${String(head)}`);
  const states = new Map<string, { parent: string; label: string; region: number }>();
  const edges: string[] = [];
  const open: { name: string; region: number }[] = [{ name: '', region: 0 }];
  const put = (name: string, label: string): void => {
    const { name: parent, region } = open.at(-1)!;
    const known = states.get(name);
    if (known && known.parent !== parent) throw new Error(`${name} is in two states`);
    states.set(name, { parent, label: known && label === name ? known.label : label, region });
  };
  const rules: [RegExp, (...parts: string[]) => void][] = [
    [/^state (\w+) \{$/, (name) => (put(name, name), open.push({ name, region: 0 }))],
    [/^\}$/, () => open.pop()],
    [/^--$/, () => open.at(-1)!.region++],
    [/^state "([^"]*)" as (\w+)$/, (label, name) => put(name, unescape(label))],
    [/^([A-Za-z]\w*)$/, (name) => put(name, name)],
    [/^\[\*\] --> (\w+)$/, (to) => edges.push(`[*] ${open.at(-1)!.name} -> ${to}`)],
    [/^(\w+) --> \[\*\]$/, (from) => edges.push(`${from} -> [*] ${open.at(-1)!.name}`)],
    [/^(\w+) --> (\w+)$/, (from, to) => edges.push(`${from} -> ${to}`)],
    [/^(\w+) --> (\w+) : ((?:[^:;]|#\d+;)+)$/, (from, to, label) => edges.push(`${from} -> ${to}: ${unescape(label)}`)],
  ];
  for (const line of lines) {
    const rule = rules.find(([pattern]) => pattern.test(line.trim()));
    if (!rule) throw new Error(`not understood: ${line}`);
    rule[1](...(rule[0].exec(line.trim()) ?? []).slice(1));
  }
  if (open.length !== 1) throw new Error('a brace is not closed');
  return { states, edges };
};
