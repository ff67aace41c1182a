import { describe, expect, it } from "vitest";

import { linksIn } from "@/features/dev-mailbox/links";

describe("linksIn", () => {
  it.each([
    {
      text: "Open http://localhost:3000/verify-email?token=a-_1 now",
      links: ["http://localhost:3000/verify-email?token=a-_1"],
    },
    {
      text: "See https://a.example/x. Or (https://b.example/y)!",
      links: ["https://a.example/x", "https://b.example/y"],
    },
    { text: "Confirm [https://a.example/?a=1&b=2]", links: ["https://a.example/?a=1&b=2"] },
    { text: "https://a.example twice: https://a.example", links: ["https://a.example"] },
    { text: "<https://a.example/x>\nhttps://b.example", links: ["https://a.example/x", "https://b.example"] },
    { text: "javascript:alert(1) data:text/html,x file:///etc/passwd //a.example", links: [] },
    { text: "https:// http://[", links: [] },
    { text: "", links: [] },
  ])("finds $links in $text", ({ text, links }) => {
    expect(linksIn(text)).toEqual(links);
  });
});
