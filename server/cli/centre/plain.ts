/**
 * Texts of others on a terminal: names, reasons, numbers. `table.ts` puts them in columns.
 *
 * 1. Nothing that is shown moves the cursor, ends a line, turns its direction or is an escape sequence: each such character is
 *    shown as U+FFFD.
 */

/** Control and format characters (C0, DEL, C1; direction, joiners), line and paragraph separators, halves of surrogate pairs. */
const SILENT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const MARK = /\p{M}/u;
/** East Asian wide and fullwidth letters, and pictures: two columns each. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** 1 */
export const plain = (text: string): string => text.replace(SILENT, '\ufffd');

/** JSON that is as safe (1), and says the same. */
export const plainJson = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replace(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (each) =>
    [...Array(each.length).keys()].map((at) => `\\u${each.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );

const columnsOf = (letter: string): number => (MARK.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1);

/** In columns of a terminal. */
export const widthOf = (text: string): number => {
  let width = 0;
  for (const letter of text) width += columnsOf(letter);
  return width;
};

/** At most so many columns; what is left out is an ellipsis. */
export const cut = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text;
  let left = width - 1;
  let kept = '';
  for (const letter of text) {
    left -= columnsOf(letter);
    if (left < 0) break;
    kept += letter;
  }
  return width < 1 ? '' : `${kept}…`;
};
