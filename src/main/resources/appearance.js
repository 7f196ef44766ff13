// Light or dark, before the first paint: the person's choice, else what the system says.
(() => {
  const key = 'dragoman.appearance';
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const get = () => {
    try {
      return localStorage.getItem(key) ?? 'system';
    } catch {
      return 'system';
    }
  };
  const apply = () => {
    const dark = get() === 'dark' || (get() === 'system' && system.matches);
    document.documentElement.setAttribute('theme', dark ? 'dark' : 'light');
  };
  const set = (choice) => {
    try {
      localStorage.setItem(key, choice);
    } catch {
      // Storage is off: the choice lasts until the page is loaded again.
    }
    apply();
  };
  system.addEventListener('change', apply);
  window.dragoman = { appearance: { get, set } };
  apply();
})();
