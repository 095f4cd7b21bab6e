// A modal dialogue by the browser's own element: focus stays inside, Escape closes, focus returns.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

export function Dialog({ title, children, onClose, alarm }: { title: string; children: ComponentChildren; onClose?: () => void; alarm?: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={alarm ? 'dialog dialog-alarm' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
