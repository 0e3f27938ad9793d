/** Credentials in texts for people: `log.ts` hides them wherever they turn up; problems name places without them. */

const names =
  'pass(?:word|wd)?|pwd|secret|[\\w.-]*token|auth|api[-_]?key|access[-_]?key|key|sig|signature|credentials?|cookie';

/** `(before)secret`, each in linear time. */
const secrets: readonly RegExp[] = [
  // user:password@ of a URL
  /(:\/\/)[^\s/?#@"'<>]{1,512}(?=@)/g,
  // parameters of a query
  new RegExp(`([?&](?:${names})=)[^\\s&#"'<>]+`, 'gi'),
  // header fields, also within JSON
  /(\b(?:proxy-)?authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:basic|bearer|digest|negotiate)\s{1,4})?)[^\s"',]+/gi,
  /(\b(?:set-)?cookie["']?\s{0,4}[:=]\s{0,4}["']?)[^"'\r\n]+/gi,
  /(\bbearer\s{1,4})[\w.~+/-]{8,}=*/gi,
];

export const withoutSecrets = (text: string): string =>
  secrets.reduce((left, secret) => left.replace(secret, '$1***'), text);
