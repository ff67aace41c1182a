import { expect } from "vitest";

const TITLE_AND_DETAIL = { type: "about:blank", title: expect.any(String), detail: expect.any(String) };

/**
 * The response is this refusal, whole: RFC 9457's members, ours, and nothing else.
 *
 * @param members - Further members, such as `errors`.
 */
export async function expectProblem(
  response: Response,
  status: number,
  code: string,
  members: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const text = await response.text();
  expect({ status: response.status, type: response.headers.get("content-type"), text }).toEqual({
    status,
    type: "application/problem+json",
    text: expect.stringContaining("{"),
  });
  expect(JSON.parse(text)).toEqual({
    ...TITLE_AND_DETAIL,
    status,
    code,
    requestId: response.headers.get("x-request-id"),
    ...members,
  });
  expect(response.headers.get("cache-control")).toContain("no-store");
}
