import { countCodePoints } from './code_points.ts';
import { compareDecimals, decimalOf, decimalText, readDecimal, rounded } from './decimal.ts';
import { Refusal } from './refusal.ts';

// Addresses and places: JSON with a shape of its own. Twin of engine/value/structures.cpp.

type Parts = Record<string, string>;

const partLengthMax = 255;
const placeDigits = 7; // Of a degree, behind the point.
const addressParts = [
  'country', 'province', 'city', 'district', 'region', 'street', 'postcode',
];

function partsOf(type: string, raw: unknown, names: readonly string[]): Parts {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
    throw new Refusal(type, 'must be an object with the parts');
  }
  const given = new Map(Object.entries(raw));
  for (const [name, text] of given) {
    if (!names.includes(name)) throw new Refusal(type, `has no part "${name}"`);
    if (text === null) continue;
    if (typeof text !== 'string' || countCodePoints(text) > partLengthMax) {
      throw new Refusal(type, `"${name}" must be a text of at most ${partLengthMax} characters`);
    }
  }
  return Object.fromEntries(names.flatMap((name) => {
    const text = given.get(name) as string | null | undefined;
    return text ? [[name, text]] : [];
  }));
}

function address(raw: unknown): Parts {
  const parts = partsOf('address', raw, addressParts);
  if (parts.country !== undefined && !/^[A-Z]{2}$/.test(parts.country)) {
    throw new Refusal('address', '"country" must be two capital letters, as "CN"');
  }
  if (parts.region !== undefined && !/^[0-9]{6}$/.test(parts.region)) {
    throw new Refusal('address', '"region" must be the six digits of a region, as "330106"');
  }
  return parts;
}

function degrees(text: string | undefined, most: number): string {
  const number = readDecimal(text ?? '');
  if (!number || compareDecimals(number, decimalOf(most)) > 0
    || compareDecimals(number, decimalOf(-most)) < 0) {
    throw new Refusal('location', 'must be degrees: latitude up to 90, longitude up to 180');
  }
  return decimalText(rounded(number, placeDigits));
}

function location(raw: unknown): Parts {
  const { latitude, longitude } = partsOf('location', raw, ['latitude', 'longitude']);
  if (!latitude && !longitude) return {};
  return { latitude: degrees(latitude, 90), longitude: degrees(longitude, 180) };
}

/** In its normal form; of no parts nothing is left. */
export const structures: Record<string, (raw: unknown) => Parts> = { address, location };
