import './explained.css';

export interface ExplainedLine {
  /** As it is written in the formula; null: it may not be read. */
  text: string | null;
  came: string;
  look?: 'bad' | 'dim';
}

interface ExplainedProps {
  label: string;
  value: string;
  formula: string | null;
  /** Instead of the formula, or below it. */
  note?: string | undefined;
  lines: ExplainedLine[];
}

/** How a computed value comes about: what it is, its formula, and what each part of it came to. */
export function Explained({ label, value, formula, note, lines }: ExplainedProps) {
  return (
    <div className="explained" tabIndex={0} data-first role="document">
      <h3>{label}</h3>
      <p className="num big-fact">{value || '—'}</p>
      {formula && <code>{formula}</code>}
      {note && <p className="mid">{note}</p>}
      {lines.length > 0 && (
        <dl>
          {lines.map(({ text, came, look }, index) => (
            <div key={`${index} ${text}`}>
              <dt>{text === null ? '…' : <code>{text}</code>}</dt>
              <dd className={`num ${look ?? ''}`}>{came}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
