// Colours that an option may name → hue of the ramp. Unnamed options take their turn.

const named: Record<string, number> = {
  red: 20, orange: 45, amber: 75, yellow: 75, lime: 110, green: 150, teal: 175, cyan: 205,
  sky: 220, blue: 250, indigo: 270, violet: 290, purple: 300, pink: 340, rose: 5,
};
const meanings: Record<string, 'ok' | 'warn' | 'bad' | 'grey'> = {
  grey: 'grey', gray: 'grey', success: 'ok', warning: 'warn', danger: 'bad',
};

const turns = [250, 175, 75, 300, 20, 205, 110, 340];

export type OptionLook = { look: 'hue'; hue: number } | { look: 'ok' | 'warn' | 'bad' | 'grey' };

export function optionLook(color: string | null, index: number): OptionLook {
  if (color && meanings[color]) return { look: meanings[color] };
  if (color && named[color] !== undefined) return { look: 'hue', hue: named[color] };
  const hex = /^#([0-9a-f]{6})$/i.exec(color ?? '');
  if (hex) return { look: 'hue', hue: hueOfHex(hex[1] ?? '') };
  return { look: 'hue', hue: turns[index % turns.length] ?? 250 };
}

function hueOfHex(hex: string): number {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  // Oklab's a and b, near enough for a hue.
  const angle = Math.atan2(0.25 * r + 0.2 * g - 0.45 * b, 0.6 * r - 0.65 * g + 0.05 * b);
  return Math.round(((angle * 180) / Math.PI + 360) % 360);
}
