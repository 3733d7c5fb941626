import type { ScriptedDo, ScriptLine } from '../api/flow_admin_types.ts';
import type { Person } from '../api/flow_types.ts';

// What people are to answer in a simulation: one answer for each node, and answers of single people
// before it.

export interface Answer {
  node: string;
  do: ScriptedDo;
  after: string;
  to: string;
  /** Null: whoever is first. */
  person: Person | null;
}

export const delays = ['PT0S', 'PT1H', 'PT4H', 'P1D', 'P3D'] as const;

export const firstAnswer = (node: string): Answer => ({
  node, do: 'approve', after: delays[0], to: '$start', person: null });

/** Everybody at once agrees: nothing needs to be said of them. */
const isPlain = ({ do: what, after, person }: Answer) =>
  what === 'approve' && after === delays[0] && person === null;

/** Single people first: who comes first in a script is asked for first. */
export function scriptOf(answers: Answer[], comment: string): ScriptLine[] {
  return [...answers].sort((a, b) => Number(b.person !== null) - Number(a.person !== null))
    .filter((answer) => !isPlain(answer))
    .map(({ node, do: what, after, to, person }) => ({
      node, do: what,
      ...(person ? { person: person.id } : {}),
      ...(what === 'return' ? { to } : {}),
      ...(what === 'reject' || what === 'return' ? { comment } : {}),
      ...(after === delays[0] || what === 'wait' ? {} : { after }) }));
}

/** The seconds of a delay as they are chosen here. */
export function delayMs(after: string): number {
  const [, days = '0', hours = '0'] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:0S)?)?$/.exec(after) ?? [];
  return (Number(days) * 24 + Number(hours)) * 3_600_000;
}

/** A name for a story's file: small letters, digits, "_". */
export const storyName = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '_')
  .replace(/^[^a-z]+|_+$/g, '').slice(0, 60);
