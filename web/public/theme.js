// Before the first paint, so that no page flashes in the wrong colours.
try {
  const chosen = localStorage.getItem('siltstone.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Where storage is forbidden the system's choice holds.
}
