const STORED = 'herd-theme';

/** Light or dark: as the system says, until somebody chooses. Canvases ask here for the style sheet's colours. */
export class Theme {
  constructor(button, name) {
    this.listeners = [];
    this.system = matchMedia('(prefers-color-scheme: dark)');
    this.system.addEventListener('change', () => this.apply());
    this.name = name;
    button.addEventListener('click', () => {
      store(this.isDark() ? 'light' : 'dark');
      this.apply();
    });
    this.apply();
  }

  isDark() {
    const chosen = stored();
    return chosen ? chosen === 'dark' : this.system.matches;
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  colour(name) {
    if (!this.colours.has(name)) {
      this.colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    }
    return this.colours.get(name);
  }

  apply() {
    document.documentElement.dataset.theme = this.isDark() ? 'dark' : 'light';
    this.name.textContent = this.isDark() ? 'Switch to light' : 'Switch to dark';
    this.colours = new Map();
    this.listeners.forEach(listener => listener());
  }
}

function stored() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; // Storage may be forbidden; then the system's word counts.
  }
}

function store(choice) {
  try {
    localStorage.setItem(STORED, choice);
  } catch {
    document.documentElement.dataset.theme = choice;
  }
}
