// One wish at a time, each with a key of its own. The same wish again after a lost answer keeps its
// key, so that the server answers as the first time; another wish gets another.

export class OneWish {
  private text = '';
  private key = '';
  private open = false;
  private readonly makeKey: () => string;

  constructor(makeKey: () => string = () => crypto.randomUUID()) {
    this.makeKey = makeKey;
  }

  /** The key of the wish; null while another is on its way. */
  begin(verb: string, body: unknown): string | null {
    if (this.open) return null;
    this.open = true;
    const text = JSON.stringify([verb, body]);
    if (text !== this.text) {
      this.text = text;
      this.key = this.makeKey();
    }
    return this.key;
  }

  done() {
    this.open = false;
    this.text = '';
  }

  failed() {
    this.open = false;
  }
}
