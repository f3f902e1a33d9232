// Starts the site's worker where the person asked for it on this device, and ends it everywhere else.
export async function offline(root) {
  const workers = navigator.serviceWorker;
  const { luring, luringSalinan } = root.body.dataset; // a citizen's page says nothing, a copy is left alone
  if (!workers || luring === undefined || luringSalinan !== undefined) return;
  if (luring) {
    await workers.register('/luring.js', { scope: '/', updateViaCache: 'none' });
    return;
  }
  for (const one of await workers.getRegistrations()) {
    one.active?.postMessage('lupakan');
    await one.unregister();
  }
  if ('caches' in window) for (const name of await caches.keys()) await caches.delete(name);
}
