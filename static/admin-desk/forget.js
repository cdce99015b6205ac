// Copies of unsaved text in this browser: one person never finds another's, and what was saved
// meanwhile needs none. A plain script, so that it is done before autosave.js looks.
{
  const { user } = document.currentScript.dataset;
  const own = `desk:${user}:`;
  const [, saved] = document.cookie.match(/(?:^|; )desk-saved="?([^;"]*)/) ?? [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("desk:") && !key.startsWith(own)) localStorage.removeItem(key);
    }
    for (const place of saved?.split("|") ?? []) localStorage.removeItem(own + place);
  } catch {
    // Without a store there is nothing to forget.
  }
  if (saved) document.cookie = "desk-saved=; path=/admin/; max-age=0; samesite=lax";
}
