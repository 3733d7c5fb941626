// Runs before the first paint, as a file of its own: the page allows no inline script.
(() => {
  const kept = localStorage.getItem('tenon.theme') || 'system';
  const dark = kept === 'dark' || (kept === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.lang = localStorage.getItem('tenon.locale') || navigator.language || 'en';
})();
