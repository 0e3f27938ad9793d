/** What a command says, in place of a terminal. */
export interface Said {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

interface Lines {
  out(line: string): void;
  err(line: string): void;
}

export const saidBy = async (command: (terminal: Lines) => Promise<number>): Promise<Said> => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await command({ out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
};
