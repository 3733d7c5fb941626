// Variables of a run as they are typed: a name, and a value that is read as what it looks like.

export interface VariableRow {
  name: string;
  value: string;
}

/** Nothing, yes and no, else text: numbers keep their digits, marks around make it text. */
function valueOf(text: string): unknown {
  const bare = text.trim();
  if (bare === '' || bare === 'null') return null;
  if (bare === 'true' || bare === 'false') return bare === 'true';
  return /^".*"$/.test(bare) ? bare.slice(1, -1) : bare;
}

export const readVariables = (rows: VariableRow[]): Record<string, unknown> =>
  Object.fromEntries(rows.filter(({ name }) => name.trim() !== '')
    .map(({ name, value }) => [name.trim(), valueOf(value)]));
