/** Changes to a text, noted in any order while its tree is walked and carried out at the end. Used by `rewrite.ts`. */
interface Edit {
  readonly at: number;
  readonly end: number;
  text: string;
  readonly rank: number;
}

/** The order at one place: an expression's end, a statement's, a block's, then what begins there. */
const rank = { close: 0, semicolon: 1, endBlock: 2, open: 3, replace: 4 } as const;

export class Edits {
  #list: Edit[] = [];
  constructor(readonly source: string) {}

  /** Note it before the inner nodes are walked: of two openings at one place the outer one comes first. */
  open(at: number, text: string): void {
    this.#list.push({ at, end: at, text, rank: rank.open });
  }

  /** Note it after the inner nodes are walked: of two closings at one place the inner one comes first. */
  close(at: number, text: string): void {
    this.#list.push({ at, end: at, text, rank: rank.close });
  }

  /** A place for what may have to stand before inner nodes; whoever knows in the end gives it a text. */
  reserve(at: number): { text: string } {
    const edit: Edit = { at, end: at, text: '', rank: rank.open };
    this.#list.push(edit);
    return edit;
  }

  semicolon(at: number): void {
    this.#list.push({ at, end: at, text: ';', rank: rank.semicolon });
  }

  endBlock(at: number): void {
    this.#list.push({ at, end: at, text: '}', rank: rank.endBlock });
  }

  replace(at: number, end: number, text: string): void {
    this.#list.push({ at, end, text, rank: rank.replace });
  }

  /** The text between two places with the changes noted so far. */
  render(from: number, to: number): string {
    const parts: string[] = [];
    let at = from;
    const inside = this.#list.filter((edit) => belongs(edit, from, to));
    for (const edit of inside.sort((a, b) => a.at - b.at || a.rank - b.rank)) {
      parts.push(this.source.slice(at, edit.at), edit.text);
      at = edit.end;
    }
    parts.push(this.source.slice(at, to));
    return parts.join('');
  }

  /** Takes a part out of the text: its changed form is returned and nothing is left in its place. */
  cut(from: number, to: number): string {
    const text = this.render(from, to);
    this.#list = this.#list.filter((edit) => !belongs(edit, from, to));
    this.replace(from, to, '');
    return text;
  }
}

/** Ends at the first place and beginnings at the last are the neighbours'. */
const belongs = (edit: Edit, from: number, to: number): boolean =>
  edit.at >= from &&
  edit.end <= to &&
  !(edit.at === from && edit.rank < rank.open && from > 0) &&
  !(edit.at === to && edit.rank >= rank.open);
