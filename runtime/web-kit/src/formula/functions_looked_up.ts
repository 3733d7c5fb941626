import type { Definition } from './function_entry.ts';
import type { Kind } from './value.ts';

// Functions that look at records while they compute. Those are the server's: here they are known by
// their names and kinds, so that a formula with them is understood, and left to it.

const of = (name: string, parameters: string, result: Kind): Definition =>
  ({ name, parameters, result, nulls: 'propagate', looksUp: true });

export const lookedUpFunctions: Definition[] = [
  of('EXCHANGE_RATE', 'from:text to:text on:date|datetime?', 'number'),
];

/** WORKDAY and NETWORKDAYS with a calendar by name; not to be called by name. */
export const calendarFunctions: Record<string, Definition> = {
  WORKDAY: of('WORKDAY OF CALENDAR',
    'start:date|datetime days:number calendar:text', 'date'),
  NETWORKDAYS: of('NETWORKDAYS OF CALENDAR',
    'start:date|datetime end:date|datetime calendar:text', 'number'),
};
