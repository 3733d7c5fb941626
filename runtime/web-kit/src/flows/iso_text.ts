import { spanText } from '../format/span.ts';

/** A duration of a definition, "PT8H", as people say it. */
export function isoText(text: string): string {
  const [, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] =
    /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text) ?? [];
  const all = ((((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 60
    + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return all > 0 ? spanText(all) : text;
}
