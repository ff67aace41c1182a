import Bowser from "bowser";

import type { Translator } from "@/lib/i18n/translator";

/** `curl/8.5.0`, `python-requests/2.32.3`: a product token of RFC 9110, the only part of such a header that is shown. */
const PROGRAM = /^([A-Za-z][\w.-]{0,39})(?:\/|\s|$)/;

/**
 * Says in words what somebody signed in with: "Firefox on Windows", "Safari on iPhone", "A program (curl)".
 *
 * The header is the device's own claim. It helps a person to recognise their devices and decides nothing.
 *
 * @param userAgent - As received at the sign-in, unverified.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5
 */
export function describeDevice(t: Translator<"account">, userAgent: string | null): string {
  const text = userAgent?.trim() ?? "";
  if (text === "") return t("device.unknown");
  const { browser, os, platform } = Bowser.parse(text);
  if (browser.name) {
    const name = browser.name.replace(/ for Android$/, "");
    const system = platform.vendor === "Apple" && platform.model ? platform.model : os.name;
    return system ? t("device.browserOnSystem", { browser: name, system }) : name;
  }
  const program = programIn(text);
  return program ? t("device.program", { program }) : t("device.unknown");
}

/** Whether it is no browser but a program, which calls itself whatever it likes. */
export function isProgram(userAgent: string | null): boolean {
  const text = userAgent?.trim() ?? "";
  return text !== "" && !Bowser.parse(text).browser.name && programIn(text) !== undefined;
}

function programIn(text: string): string | undefined {
  const [, program] = PROGRAM.exec(text) ?? [];
  // Every browser calls itself Mozilla; one that says nothing more is not known by it.
  return program === "Mozilla" ? undefined : program;
}
