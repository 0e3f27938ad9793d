/** Inline content and loaded text as data: XML becomes a DOM, JSON its value, anything else a space-normalised string. SCXML B.2.8.1 */
import type { Data } from '../event.js';
import type { Inline } from '../document.js';

export const inlineData = (inline: Inline): Data => ('xml' in inline ? { $xml: inline.xml } : textData(inline.text));

export const textData = (text: string): Data => {
  const trimmed = text.trim();
  if (trimmed.startsWith('<')) return { $xml: trimmed };
  try {
    return escapeKeys(JSON.parse(trimmed) as Data);
  } catch {
    return trimmed.replace(/\s+/g, ' ');
  }
};

/** Keys that look like tags get one `$` more, as `Data` says. */
const escapeKeys = (value: Data): Data => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(escapeKeys);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.startsWith('$') ? `$${key}` : key, escapeKeys(item)]),
  );
};
