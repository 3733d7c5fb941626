// Numbers to dial, in groups that are easy to read aloud. The server keeps them as E.164 and knows
// every country's own groups; here a few rules do.

const code = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(?=\d)/;

/** "+8613800138000" → "+86 138 0013 8000"; what is no such number stays as it is. */
export const phoneText = (number: string) => number.replace(code, '$& ')
  .replace(/^(\+86 (?:1[3-9]\d|10|2\d|\d{3}))(\d+)(\d{4})$/, '$1 $2 $3')
  .replace(/ \d{5,}$/, (digits) => digits.replace(/\d{3}(?=\d{2,})/g, '$& '));
