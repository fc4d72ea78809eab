/*
 * Tells the search worker when the reader goes to search, so that it fetches the index then and not with every page. The
 * theme starts that worker and keeps it to itself; here it is met as it is made. Other workers stay as they are.
 */
(() => {
  'use strict';

  const Native = window.Worker;
  const toggle = document.querySelector('[data-md-toggle="search"]');
  const form = document.forms.namedItem('search');

  window.Worker = class Worker extends Native {
    constructor(url, options) {
      super(url, options);
      if (!String(url).includes('assets/zoeken/')) return;
      const begin = () => this.postMessage({ type: 'begin' });
      // the field gets the focus by a click, by Tab and by the theme's keys; the button on a phone sets the toggle
      form?.addEventListener('focusin', begin);
      toggle?.addEventListener('change', begin);
      // the theme opens the box by itself at an address with a question, and may have done so already
      if (toggle?.checked || form?.contains(document.activeElement) || /[?&]q=/.test(location.search)) begin();
    }
  };
})();
