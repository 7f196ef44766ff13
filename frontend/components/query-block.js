import hljs from 'highlight.js/lib/core';
import pgsql from 'highlight.js/lib/languages/pgsql';
import q from 'highlight.js/lib/languages/q';

hljs.registerLanguage('sql', pgsql);
hljs.registerLanguage('q', q);

/** A query, highlighted and read-only, with a button that copies it. */
class QueryBlock extends HTMLElement {
  #query = '';
  #dialect = '';
  #code;
  #copy;

  connectedCallback() {
    if (this.#code) {
      return;
    }
    const pre = document.createElement('pre');
    pre.tabIndex = 0;
    pre.setAttribute('role', 'region');
    pre.setAttribute('aria-label', 'The query');
    this.#code = document.createElement('code');
    pre.append(this.#code);
    this.#copy = document.createElement('button');
    this.#copy.type = 'button';
    this.#copy.className = 'copy';
    this.#copy.setAttribute('aria-live', 'polite');
    this.#copy.textContent = 'Copy';
    this.#copy.addEventListener('click', () => this.#copyQuery());
    this.append(this.#copy, pre);
    this.#render();
  }

  get query() {
    return this.#query;
  }

  set query(text) {
    this.#query = text ?? '';
    this.#render();
  }

  get dialect() {
    return this.#dialect;
  }

  set dialect(name) {
    this.#dialect = name ?? '';
    this.#render();
  }

  #render() {
    if (this.#code) {
      const language = this.#dialect === 'q' ? 'q' : 'sql';
      this.#code.innerHTML = hljs.highlight(this.#query, { language }).value;
    }
  }

  async #copyQuery() {
    try {
      await navigator.clipboard.writeText(this.#query);
      this.#say('Copied');
    } catch {
      getSelection().selectAllChildren(this.#code);
      this.#say('Selected: press Ctrl+C');
    }
  }

  #say(words) {
    this.#copy.textContent = words;
    setTimeout(() => (this.#copy.textContent = 'Copy'), 2500);
  }
}

customElements.define('dragoman-query', QueryBlock);
