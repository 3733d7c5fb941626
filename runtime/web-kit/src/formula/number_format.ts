import {
  type Decimal, decimalText, decimalTextAt, isNegative, isZero, magnitude, rounded, scaleMax,
} from './decimal.ts';
import type { NumberFormat, NumberSection } from './number_format_reader.ts';

interface Digits {
  whole: string; // Without zeros in front: nothing for what is below one.
  fraction: string;
  exponent: number;
}

/** Of a number that is not negative, rounded half away from zero to so many digits behind the point
 * (before it, where negative) and written without it; nothing for zero. */
function digitsAt(number: Decimal, places: number): string {
  const kept = Math.min(places, scaleMax);
  const digits = places < 0 ? decimalTextAt(rounded(number, places), 0).slice(0, places)
    : decimalTextAt(number, kept).replace('.', '') + '0'.repeat(places - kept);
  return digits.replace(/^0+/, '');
}

function digitsOf(size: Decimal, { places, shift }: NumberSection): Digits {
  const digits = digitsAt(size, places + shift).padStart(places, '0');
  const point = digits.length - places;
  return { whole: digits.slice(0, point), fraction: digits.slice(point), exponent: 0 };
}

/** The power of ten of the first digit. */
function magnitudeOf(size: Decimal): number {
  const [whole = '', fraction = ''] = decimalText(size).split('.');
  if (whole !== '0') return whole.length - 1;
  return fraction ? -1 - fraction.search(/[1-9]/) : 0;
}

function scientificDigitsOf(size: Decimal, { places }: NumberSection): Digits {
  const exponent = magnitudeOf(size);
  const digits = digitsAt(size, places - exponent).padEnd(places + 1, '0');
  const more = digits.length > places + 1 ? 1 : 0; // 9.99… was rounded up.
  return {
    whole: digits.slice(0, 1), fraction: digits.slice(1, places + 1), exponent: exponent + more,
  };
}

function exponentText(exponent: number, { exponentDigits, signsPlus }: NumberSection): string {
  const sign = exponent < 0 ? '-' : signsPlus ? '+' : '';
  return `E${sign}${String(Math.abs(exponent)).padStart(exponentDigits, '0')}`;
}

function write(section: NumberSection, { whole: given, fraction: all, exponent }: Digits): string {
  const whole = given.padStart(section.wholeDigits, '0');
  let fraction = all;
  while (fraction.length > section.fixedDigits && fraction.endsWith('0')) {
    fraction = fraction.slice(0, -1);
  }
  let made = '';
  let left = section.wholePlaces; // Places before the point that are still to come.
  let written = 0; // Digits before the point.
  let next: number | null = null; // Digit behind the point.
  const addWhole = (last: number) => {
    for (; whole.length - written > last; written += 1) {
      const behind = whole.length - written - 1;
      made += whole.charAt(written);
      if (section.grouped && behind > 0 && behind % 3 === 0) made += ',';
    }
  };
  for (const { what, text } of section.pieces) {
    if (what === 'text') made += text;
    else if (what === 'exponent') made += exponentText(exponent, section);
    else if (what === 'point') {
      if (section.wholePlaces === 0) addWhole(0);
      next = 0;
      if (fraction) made += '.';
    } else if (next === null) {
      left -= 1;
      addWhole(left);
    } else {
      made += fraction.charAt(next);
      next += 1;
    }
  }
  return made;
}

function sectionFor(number: Decimal, [first, below, zero]: NumberFormat): NumberSection {
  if (below && isNegative(number)) return below;
  return zero && isZero(number) ? zero : first;
}

export function formatNumber(number: Decimal, format: NumberFormat): string {
  const section = sectionFor(number, format);
  const size = magnitude(number);
  const digits = (section.exponentDigits > 0 ? scientificDigitsOf : digitsOf)(size, section);
  const hasSign = isNegative(number) && format.length === 1
    && /[1-9]/.test(digits.whole + digits.fraction);
  return `${hasSign ? '-' : ''}${write(section, digits)}`;
}
