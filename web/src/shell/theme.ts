import { makeStore } from '../store.ts';

export type Theme = 'system' | 'light' | 'dark';

const key = 'siltstone.theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

function stored(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    // Where storage is forbidden the system's choice holds.
    return 'system';
  }
}

export const themeStore = makeStore<Theme>(stored());

/** What is to be seen, with the system asked. Charts are drawn anew when it changes. */
export const shownThemeStore = makeStore<'light' | 'dark'>(shown());

function shown(): 'light' | 'dark' {
  const theme = themeStore?.get() ?? stored();
  if (theme !== 'system') return theme;
  return prefersDark.matches ? 'dark' : 'light';
}

export function chooseTheme(theme: Theme): void {
  themeStore.set(theme);
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Then it holds until the page is left.
  }
  show();
}

function show(): void {
  document.documentElement.dataset.theme = shown();
  shownThemeStore.set(shown());
}

prefersDark.addEventListener('change', show);
