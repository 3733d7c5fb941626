import type { AppField, AppObject, AppRule } from '../api/types.ts';
import type { Compile, Links, Program } from './formula_adapter.ts';

// The formulas and rules of an object as a form runs them, with what each of them looks at: its
// own fields, fields of what holds it (`parent.rate`), fields of its lines (`SUM(lines.net)`).

export interface Part {
  field: AppField | null; // Of a computed field.
  rule: AppRule | null;
  program: Program;
}

export interface Shape {
  object: AppObject;
  fields: Map<string, AppField>;
  children: AppField[];
  parts: Part[];
  /** Places of parts, by what they look at. */
  byField: Map<string, number[]>;
  byPath: Map<string, number[]>; // `parent.rate`
  byLines: Map<string, number[]>; // `lines`
  byLine: Map<string, number[]>; // `lines.net`
  /** Places of rules, by the field they are about. */
  rulesOf: Map<string, number[]>;
}

interface Sources {
  object: (name: string) => AppObject | undefined;
  compile: Compile;
  /** Whether the form has what a formula of the record needs. */
  knows: (program: Program) => boolean;
}

const add = (to: Map<string, number[]>, key: string, place: number) => {
  const places = to.get(key);
  if (!places) to.set(key, [place]);
  else if (!places.includes(place)) places.push(place);
};

/** What is computed of computed fields comes after them. */
function inOrder(parts: Part[]): Part[] {
  const byName = new Map(parts.map((part) => [part.field?.name ?? '', part]));
  const done = new Set<Part>();
  const visit = (part: Part) => {
    if (done.has(part)) return;
    done.add(part);
    for (const [first = ''] of part.program.needs) {
      const source = byName.get(first);
      if (source) visit(source);
    }
    ordered.push(part);
  };
  const ordered: Part[] = [];
  parts.forEach(visit);
  return ordered;
}

/** The shapes of a record's object and of all lines that it may hold. */
export class Shapes {
  readonly root: Shape;
  /** Some rules or formulas are only known to the server. */
  asksServer = false;
  /** Steps of the longest path to what holds a line. */
  longest = 1;
  private readonly shapes = new Map<string, Shape>();
  private readonly links: Links = new Map();
  private readonly sources: Sources;
  private readonly rootName: string;

  constructor(root: AppObject, sources: Sources) {
    this.rootName = root.name;
    this.sources = {
      ...sources, object: (name) => (name === root.name ? root : sources.object(name)) };
    this.link(root, new Set());
    this.root = this.of(root.name);
    for (const name of this.links.keys()) this.of(name);
  }

  private link(object: AppObject, seen: Set<string>) {
    if (seen.has(object.name)) return;
    seen.add(object.name);
    for (const { children } of object.fields) {
      const lines = children && this.sources.object(children.object);
      if (!children || !lines) continue;
      const known = this.links.get(lines.name) ?? [];
      known.push({ name: children.parent, object: object.name });
      this.links.set(lines.name, known);
      this.link(lines, seen);
    }
  }

  of(name: string): Shape {
    const known = this.shapes.get(name);
    if (known) return known;
    const object = this.sources.object(name);
    if (!object) throw new Error(`no object ${name}`);
    const shape: Shape = {
      object, fields: new Map(object.fields.map((field) => [field.name, field])),
      children: object.fields.filter(({ children }) => children
        && this.sources.object(children.object)),
      parts: this.parts(object), byField: new Map(), byPath: new Map(), byLines: new Map(),
      byLine: new Map(), rulesOf: new Map(),
    };
    this.shapes.set(name, shape);
    shape.parts.forEach((part, place) => this.index(shape, part, place));
    return shape;
  }

  private parts(object: AppObject): Part[] {
    this.asksServer ||= object.checked;
    const isRoot = object.name === this.rootName;
    const program = (text: string, field: AppField | null) => {
      const compiled = this.sources.compile(text, object, field, this.links);
      if (compiled && (!isRoot || this.sources.knows(compiled))) return compiled;
      this.asksServer = true;
      return null;
    };
    const computed = object.fields.flatMap((field): Part[] => {
      const compiled = field.formula ? program(field.formula, field) : null;
      return compiled ? [{ field, rule: null, program: compiled }] : [];
    });
    const rules = object.rules.flatMap((rule): Part[] => {
      const compiled = program(rule.when, null);
      // Which record may be chosen depends on what lies behind it: that is the server's to judge.
      this.asksServer ||= rule.filter !== undefined;
      return compiled ? [{ field: null, rule, program: compiled }] : [];
    });
    return [...inOrder(computed), ...rules];
  }

  private index(shape: Shape, { rule, program }: Part, place: number) {
    for (const steps of program.needs) {
      this.longest = Math.max(this.longest, steps.length);
      add(steps.length === 1 ? shape.byField : shape.byPath, steps.join('.'), place);
    }
    for (const { name, needs } of program.rows ?? []) {
      add(shape.byLines, name, place);
      for (const steps of needs) add(shape.byLine, `${name}.${steps.join('.')}`, place);
    }
    if (rule?.field) add(shape.rulesOf, rule.field, place);
  }
}
