import { parseDecimal } from './decimal.ts';

/** Numbers as spreadsheets of several countries show them: 1,234.50, 1.234,50, (12.00), ¥ 3. */
export function readNumber(typed: string): string | null {
  let text = typed.trim().replace(/^(CNY|RMB|USD|EUR|GBP|JPY)|(CNY|RMB|USD|EUR|GBP|JPY|元)$/gi, '')
    .trim().replace(/[$€£¥￥₹₩]/g, '').trim();
  const bracketed = /^\((.+)\)$/.exec(text);
  if (bracketed) text = `-${bracketed[1]}`;
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(text) && (text.includes(',') || /\.\d{3}\./.test(text))) {
    text = text.replaceAll('.', '').replace(',', '.');
  } else if (/^-?\d+,\d{1,2}$/.test(text)) text = text.replace(',', '.');
  return parseDecimal(text);
}
