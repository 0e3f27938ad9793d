/** Rows as CSV (RFC 4180), for tables that open it: `export.ts` writes it. Pure. */

export const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

const cell = (value: string): string => {
  const text = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** What a table would evaluate; a number, such as that of a telephone, stays what it is. */
const isFormula = (value: string): boolean => /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d ().-]*$/.test(value);
