import { useT } from '../i18n/i18n.ts';

export function RecordSkeleton() {
  const t = useT();
  return (
    <div className="record-wait" aria-busy="true">
      <h1 className="hidden-text">{t('loading')}</h1>
      <span className="sk" style={{ width: 180 }} />
      <span className="sk tall" style={{ width: 320 }} />
      <span className="sk" style={{ width: 520 }} />
      <hr />
      {Array.from({ length: 7 }, (_, row) => (
        <div className="row" key={row}>
          <span className="sk" style={{ width: 80 }} />
          <span className="sk" style={{ width: 160 + ((row * 37) % 90) }} />
          <span className="sk" style={{ width: 80, marginLeft: 120 }} />
          <span className="sk" style={{ width: 120 + ((row * 53) % 80) }} />
        </div>
      ))}
    </div>
  );
}
