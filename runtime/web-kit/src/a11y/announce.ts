// One polite and one urgent live region for the whole page. Text is set, cleared and set again.

const regions = new Map<string, HTMLElement>();

function region(level: 'polite' | 'assertive'): HTMLElement {
  let element = regions.get(level);
  if (!element) {
    element = document.createElement('div');
    element.className = 'hidden-text';
    element.setAttribute('role', level === 'polite' ? 'status' : 'alert');
    element.setAttribute('aria-live', level);
    document.body.append(element);
    regions.set(level, element);
  }
  return element;
}

export function announce(message: string, level: 'polite' | 'assertive' = 'polite') {
  const element = region(level);
  element.textContent = '';
  setTimeout(() => {
    element.textContent = message;
  }, 60);
}
