// Numbers to dial, in groups that are easy to read aloud. The server keeps them as E.164 and knows
// every country's own groups; here a few rules do.

const codes = new RegExp('^\\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\\d{3})'
  + '(\\d+)$');
const inThrees = (digits: string) => digits.replace(/\d{3}(?=\d{2,})/g, '$& ');

function grouped(code: string, digits: string): string {
  if (code === '1') return digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');
  if (code !== '86') return inThrees(digits);
  if (/^1[3-9]\d{9}$/.test(digits)) return digits.replace(/^(...)(....)/, '$1 $2 ');
  const area = /^(?:10|2\d)/.test(digits) ? 2 : 3;
  const local = digits.slice(area);
  return `${digits.slice(0, area)} ${local.slice(0, -4)} ${local.slice(-4)}`;
}

/** "+8613800138000" → "+86 138 0013 8000"; what is no such number stays as it is. */
export function phoneText(number: string): string {
  const [, code, digits] = codes.exec(number) ?? [];
  return code && digits ? `+${code} ${grouped(code, digits)}` : number;
}
