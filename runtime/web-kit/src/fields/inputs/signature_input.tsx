import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { uploadFile } from '../../api/records.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { referenceOf } from '../columns.ts';
import type { InputProps } from '../field_type.ts';

// Drawn by pointer, or typed: the picture is kept as a file. Black on white whatever the theme.

const width = 480;
const height = 140;

const blobOf = (canvas: HTMLCanvasElement) => new Promise<Blob | null>((done) => {
  canvas.toBlob(done, 'image/png');
});

export default function SignatureInput(props: InputProps) {
  const { field, value, onChange, id, disabled, describedBy } = props;
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [typed, setTyped] = useState('');
  const [drawn, setDrawn] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const kept = referenceOf(value, 'name');
  const pen = () => {
    const paper = canvas.current?.getContext('2d') ?? null;
    if (paper) Object.assign(paper, { lineWidth: 2.2, lineCap: 'round', strokeStyle: '#17191e' });
    return paper;
  };
  const wipe = () => {
    const paper = pen();
    if (!paper) return;
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, width, height);
    setDrawn(false);
  };
  useEffect(wipe, [kept?.id]);

  const at = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return [(event.clientX - box.left) * width / box.width,
      (event.clientY - box.top) * height / box.height] as const;
  };
  const down = (event: PointerEvent) => {
    if (disabled) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const paper = pen();
    paper?.beginPath();
    paper?.moveTo(...at(event));
  };
  const move = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const paper = pen();
    paper?.lineTo(...at(event));
    paper?.stroke();
    setDrawn(true);
  };
  const write = (text: string) => {
    setTyped(text);
    wipe();
    const paper = pen();
    if (!paper || !text.trim()) return;
    paper.fillStyle = '#17191e';
    paper.font = 'italic 44px "Segoe Script", "Snell Roundhand", "Noto Sans CJK SC", cursive';
    paper.textBaseline = 'middle';
    paper.fillText(text, 16, height / 2, width - 32);
    setDrawn(true);
  };
  const keep = async () => {
    const picture = canvas.current && await blobOf(canvas.current);
    if (!picture) return;
    setBusy(true);
    setProblem(null);
    try {
      const made = await uploadFile(new File([picture], 'signature.png', { type: 'image/png' }));
      onChange({ id: made.id, name: made.name });
      setTyped('');
    } catch (error) {
      setProblem((error instanceof ApiError && error.said) || t('file.failed'));
    } finally {
      setBusy(false);
    }
  };

  if (kept) {
    return (
      <div className="picture sign">
        <img src={`/api/v1/files/${kept.id}`} alt={t('signature.of', { label: field.label })} />
        <Button id={id} disabled={disabled} onClick={() => onChange(null)}>
          {t('signature.again')}
        </Button>
      </div>
    );
  }
  return (
    <div className="sign" role="group" aria-label={field.label}>
      <canvas
        ref={canvas} width={width} height={height} aria-hidden="true" onPointerDown={down}
        onPointerMove={move}
      />
      <div className="row">
        <div className="in grow">
          <input
            id={id} value={typed} disabled={disabled} autoComplete="off"
            aria-describedby={describedBy} aria-label={t('signature.type')}
            placeholder={t('signature.type')} onChange={(event) => write(event.target.value)}
          />
        </div>
        <Button busy={busy} disabled={disabled || !drawn} onClick={() => void keep()}>
          {t('signature.keep')}
        </Button>
        <Button look="ghost" disabled={disabled || !drawn} onClick={() => write('')}>
          {t('signature.wipe')}
        </Button>
      </div>
      {problem && <p className="help bad" role="alert">{problem}</p>}
    </div>
  );
}
