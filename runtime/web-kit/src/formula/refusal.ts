/** Why there is no value: `overflow`, `division_by_zero`, `argument`, `limit`, `number`, … */
export class Refusal extends Error {
  readonly rule: string;

  constructor(rule: string, message: string) {
    super(message);
    this.rule = rule;
  }
}

/** A part that looks at records: no error of the formula, but nothing that can be told here. */
export class LeftToServer extends Error {}

export const badArgument = (message: string) => new Refusal('argument', message);
export const outside = () =>
  new Refusal('overflow', 'the date is outside of the years 0001 to 9999');
export const tooLong = () => new Refusal('limit', 'a text has at most 262144 bytes');
