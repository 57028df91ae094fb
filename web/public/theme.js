// Before the first paint, so that no page flashes in the wrong colours. Afterwards it is a matter of shell/theme.ts.
let chosen;
try {
  chosen = localStorage.getItem('siltstone.theme');
} catch {
  // Where storage is forbidden the system's choice holds.
}
const isDark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
