/** What was typed or pasted and is no value of its field: kept as it is, and a problem. */
export class Unread {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
