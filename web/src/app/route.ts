// The address of the page, as a signal; links are ordinary links, caught in one place.
import { signal } from '@preact/signals';

export const path = signal(location.pathname + location.search);

export function go(to: string, replace = false): void {
  if (to === path.value) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  path.value = to;
  scrollTo(0, 0);
}

export function followLinks(): void {
  addEventListener('popstate', () => (path.value = location.pathname + location.search));
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.('a');
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.origin !== location.origin || link.target || link.hasAttribute('download') || link.getAttribute('href')?.startsWith('#')) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

// A part of an address as it was meant; undefined when nobody can have meant it.
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

// "/patients/:id/report" against a path → its parameters, or undefined.
export function matchPath(pattern: string, pathname: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = pathname.replace(/\/$/, '').split('/');
  if (pathname === '/') given.length = 2;
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = part.startsWith(':') ? decoded(given[at] ?? '') : (given[at] ?? '');
    if (value === undefined || (!part.startsWith(':') && part !== value)) return undefined;
    if (part.startsWith(':')) params[part.slice(1)] = value;
  }
  return params;
}
