// Tables as spreadsheets put them on the clipboard: tabs between cells, lines between rows,
// quotation marks around what holds one of them.

/** Rows of cells. Rows may differ in length; the line end at the very end adds no row. */
export function parseTable(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell);
    cell = '';
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += letter;
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === '' && closes(text, at)) quoted = true;
    else if (letter === '\t') endCell();
    else if (letter === '\n') endRow();
    else if (letter === '\r') {
      if (text[at + 1] !== '\n') endRow();
    } else cell += letter;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

/** Whether the mark at the beginning of a cell has a partner at the end of one: 24" is an inch. */
function closes(text: string, from: number): boolean {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') at += 1;
    else return at + 1 >= text.length || /[\t\r\n]/.test(text[at + 1] ?? '');
  }
  return false;
}

export const tableText = (rows: string[][]): string => rows.map((row) => row.map((cell) =>
  (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\r\n');
