import { describe, expect, it } from "vitest";
import { describeDevice } from "@/features/session-overview/describe-device";
import { inEnglish } from "../../support/in-english";

const MOZILLA = "Mozilla/5.0";
const CHROMIUM = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0";
const IOS = "CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

describe("describeDevice", () => {
  it.each([
    [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${CHROMIUM} Safari/537.36`, "Chrome on Windows"],
    [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${CHROMIUM} Safari/537.36 Edg/126.0.0.0`, "Microsoft Edge on Windows"],
    [`${MOZILLA} (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0`, "Firefox on Linux"],
    [`${MOZILLA} (iPhone; ${IOS} Version/17.5 Mobile/15E148 Safari/604.1`, "Safari on iPhone"],
    [`${MOZILLA} (iPhone; ${IOS} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`, "Chrome on iPhone"],
    [
      `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`,
      "Safari on macOS",
    ],
    [`${MOZILLA} (Linux; Android 10; K) ${CHROMIUM} Mobile Safari/537.36`, "Chrome on Android"],
    [
      `${MOZILLA} (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
      "Samsung Internet on Android",
    ],
    [`${MOZILLA} (X11; CrOS x86_64 14541.0.0) ${CHROMIUM} Safari/537.36`, "Chrome on Chrome OS"],
    [`${MOZILLA} (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`, "Googlebot"],
  ])("recognises %s", (userAgent, words) => {
    expect(describeDevice(inEnglish("account"), userAgent)).toBe(words);
  });

  it.each([
    ["curl/8.5.0", "A program (curl)"],
    ["python-requests/2.32.3", "A program (python-requests)"],
    ["Go-http-client/1.1", "A program (Go-http-client)"],
    ["node", "A program (node)"],
    ["This device, trust it!", "A program (This)"],
  ])("names the program %s", (userAgent, words) => {
    expect(describeDevice(inEnglish("account"), userAgent)).toBe(words);
  });

  it.each([
    null,
    "",
    "   ",
    MOZILLA,
    "/",
    "\u0000",
    "<img src=x onerror=alert(1)>/1",
    `${"a".repeat(41)}/1`,
    "\u202Egnp.exe/1",
  ])("knows nothing of %j", (userAgent) => {
    expect(describeDevice(inEnglish("account"), userAgent)).toBe("Unknown device");
  });

  it("is quick about the longest header that is kept, whatever it holds", () => {
    const started = performance.now();
    for (const piece of ["Version/", "(", "Mozilla/5.0 ", "Android ", " ", "a"]) {
      describeDevice(inEnglish("account"), piece.repeat(400).slice(0, 400));
    }

    expect(performance.now() - started).toBeLessThan(100);
  });
});
