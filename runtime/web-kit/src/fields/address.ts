// An address as the API writes it: parts as texts; in China the code of its region as well.

export interface Address {
  country?: string; // ISO 3166-1, two letters.
  province?: string;
  city?: string;
  district?: string;
  region?: string; // GB/T 2260, six digits: of the smallest part that was chosen.
  street?: string;
  postcode?: string;
}

export const addressOf = (value: unknown): Address =>
  (value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Address : {});

/** On one line, in the order of where it is: 浙江省杭州市西湖区文一路 1 号; 1 High St, Leeds LS1. */
export function addressText(value: unknown, countryName: (code: string) => string): string {
  const { country: code, province, city, district, street, postcode } = addressOf(value);
  if (code === 'CN') {
    const parts = [province, city === province ? undefined : city, district, street];
    return parts.filter(Boolean).join('');
  }
  const town = [postcode, city].filter(Boolean).join(' ');
  return [street, district, town, province, code ? countryName(code) : '']
    .filter(Boolean).join(', ');
}
