/** The opening comment of a document or a part as Markdown: its paragraphs, and what is drawn in it as it stands. */

const opening = /^(?:<\?xml[^>]*\?>\s*)?<!--\r?\n?([\s\S]*?)-->/;
const openingLines = /^(?:\/\/.*\n)+/;

/** Of XML, or of JavaScript. */
const commentOf = (text: string): string =>
  opening.exec(text)?.[1] ?? (openingLines.exec(text)?.[0] ?? '').replaceAll(/^\/\/ ?/gm, '');

const paragraphsOf = (text: string): string[] => {
  const lines = commentOf(text).trimEnd().split('\n');
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines
    .map((line) => line.slice(margin).trimEnd())
    .join('\n')
    .split(/\n(?:\s*\n)+/)
    .filter((paragraph) => paragraph !== '');
};

const isDrawn = (paragraph: string): boolean => /->|^\s| {3}/m.test(paragraph);

/** Names and tags are code. */
const marked = (text: string): string => text.replaceAll(/(?<![`\w])(_\w+\*?|<[^>]+>)(?![`\w])/g, '`$1`');

export const prose = (text: string): string =>
  paragraphsOf(text)
    .map((paragraph) => (isDrawn(paragraph) ? `\`\`\`text\n${paragraph}\n\`\`\`` : marked(paragraph)))
    .join('\n\n');

/** The first sentence. */
export const inShort = (text: string): string => {
  const first = (paragraphsOf(text)[0] ?? '').replaceAll(/\s+/g, ' ');
  return marked(/^.*?[^.]\.(?= |$)/.exec(first)?.[0] ?? first);
};
