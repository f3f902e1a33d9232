// htmx for the desk: new arrivals and panels without reloading. Every link and form works without it.
import htmx from 'htmx.org/dist/htmx.esm.js';

window.htmx = htmx;
