import {
  type KnownDeviceCookie,
  knownDeviceCookie,
  knownDeviceCookieName,
} from "@/features/known-device/device-cookie";
import { readCookie } from "@/lib/host-cookie";
import { serializeCookie } from "./cookie";

/** What the browser of a sign-in is to be recognised by: its own cookie, or a new one. For route handlers. */
export function presentedDevice(headers: Headers, now: Date): KnownDeviceCookie {
  return knownDeviceCookie(readCookie(headers, knownDeviceCookieName()), now);
}

/** The response with that cookie, once the sign-in is complete. */
export function withDeviceCookie(response: Response, { name, value, attributes }: KnownDeviceCookie): Response {
  response.headers.append("Set-Cookie", serializeCookie(name, value, attributes));
  return response;
}
