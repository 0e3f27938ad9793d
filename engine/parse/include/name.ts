/** Names of included texts, relative to the outermost document, as `src` of a script is; or URLs. RFC 3986 5.2 */

/** The name of what `href` means in the text that is called `base`; '' is the outermost document. */
export const nameOf = (href: string, base: string): string => {
  if (URL.canParse(href)) return new URL(href).href;
  if (URL.canParse(href, base)) return new URL(href, base).href;
  if (base === '') return tidy(href);
  const [path = ''] = base.split(/[?#]/, 1);
  return tidy(href.startsWith('/') ? href : path.slice(0, path.lastIndexOf('/') + 1) + href);
};

/** Without `.` and, as far as it goes, without `..`, so that one text has one name. */
const tidy = (path: string): string => {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && kept.length > 0 && !['..', ''].includes(kept.at(-1) ?? '')) kept.pop();
    else if (part !== '.') kept.push(part);
  }
  return kept.join('/');
};
