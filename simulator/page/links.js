// Deep links: the start parameter of this page, and links to the bot itself inside the chat.

const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/; // Bot API, "Deep linking"

/** The payload in this page's address, as behind t.me/<bot>?start=...; "" when there is none or Telegram would refuse it. */
export function startPayload() {
  const given = new URL(location.href).searchParams.get("start") ?? "";
  return PAYLOAD.test(given) ? given : "";
}

/** What following a link to the bot itself sends; null for any other link. */
export function linkPressed(url, username) {
  let link;
  try {
    link = new URL(url);
  } catch {
    return null;
  }
  const own = link.hostname === "t.me" && link.pathname.slice(1).toLowerCase() === username.toLowerCase();
  if (!own) return null;
  const payload = link.searchParams.get("start") ?? "";
  return PAYLOAD.test(payload) ? `/start ${payload}` : "/start";
}
