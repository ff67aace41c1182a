import { presentedDeviceToken } from "@/features/known-device/device-cookie";
import { languageCookieName } from "@/features/preferences/language-cookie";
import { clientAddress } from "@/lib/client-address";
import { env } from "@/lib/env/env";
import { readCookie } from "@/lib/host-cookie";
import { type Language, languageOfLocale, negotiateLanguage } from "@/lib/i18n/languages";
import { oneLine } from "@/lib/one-line";

/** From where somebody acts, as far as a request tells. */
export interface RequestOrigin {
  readonly ip: string | null;
  /** As sent, on one line and cut to a length that is fit to be stored. */
  readonly userAgent: string | null;
  /** The `X-Request-Id` of the answer, by which the server's log tells of the same request. */
  readonly requestId?: string;
  /** The language that was chosen in this browser, or suits it best; absent where it names none. Mails are written in it to whoever told no other. */
  readonly language?: Language;
  /** What the browser says that it is recognised by, unverified. Never stored as it is. */
  readonly presentedDevice?: string;
}

/** Longer user agents are cut: they are shown to people, and nothing that matters is decided by them. */
const MAX_USER_AGENT_LENGTH = 400;
const REQUEST_ID = /^[\w-]{8,64}$/;

/**
 * From where a request comes.
 *
 * @param headers - The request's. What proxies say counts only as far as `TRUSTED_PROXIES` trusts them.
 */
export function originOf(headers: Headers): RequestOrigin {
  const requestId = headers.get("x-request-id") ?? "";
  const presentedDevice = presentedDeviceToken(headers);
  const language = languageOf(headers);
  return {
    ip: clientAddress(headers, env().TRUSTED_PROXIES),
    userAgent: oneLine(headers.get("user-agent") ?? "", MAX_USER_AGENT_LENGTH) || null,
    ...(REQUEST_ID.test(requestId) ? { requestId } : {}),
    ...(language ? { language } : {}),
    ...(presentedDevice !== null ? { presentedDevice } : {}),
  };
}

function languageOf(headers: Headers): Language | null {
  const chosen = languageOfLocale(readCookie(headers, languageCookieName()));
  const acceptLanguage = headers.get("accept-language");
  return chosen ?? (acceptLanguage ? negotiateLanguage(acceptLanguage) : null);
}
