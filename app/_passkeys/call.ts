/** What came of a call of this site's own API. */
export type Called<Answer> = { ok: true; answer: Answer } | { ok: false; code: string };

/**
 * Posts to this site's API, with the browser's session.
 *
 * @returns The answer; or the problem's `code`, `temporarily_unavailable` when none came.
 */
export async function post<Answer>(path: string, body: object): Promise<Called<Answer>> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    return response.ok ? { ok: true, answer } : { ok: false, code: String(answer.code) };
  } catch {
    return { ok: false, code: "temporarily_unavailable" };
  }
}
