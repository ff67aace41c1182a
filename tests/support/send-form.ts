import type { HttpClient } from "@/attack/http-client";

/** A form as a browser without scripts sends it. */
export interface ReadForm {
  /** Sends it with this in its field, and with fields beside it that the page doesn't have. */
  send(client: HttpClient, value: string, added?: Readonly<Record<string, string>>): Promise<Response>;
}

/** Reads the form of a page that has this field, with all of its hidden fields. It can be sent again and again. */
export async function readForm(client: HttpClient, path: string, field: string): Promise<ReadForm> {
  const html = await (await client.get(path)).text();
  const form = html.split("<form").find((part) => part.includes(`name="${field}"`)) ?? "";
  const hidden = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([input]) => {
    const [name, value] = [/name="([^"]*)"/.exec(input)?.[1] ?? "", /value="([^"]*)"/.exec(input)?.[1] ?? ""];
    return [name, value.replaceAll("&quot;", '"').replaceAll("&amp;", "&")] as const;
  });
  return {
    send: async (sender, value, added = {}) => {
      const data = new FormData();
      for (const [name, content] of [...hidden, [field, value] as const, ...Object.entries(added)])
        data.set(name, content);
      const request = new Request(sender.origin, { method: "POST", body: data });
      const headers = { "content-type": request.headers.get("content-type") ?? "" };
      return sender.request("POST", path, { headers, body: new Uint8Array(await request.arrayBuffer()) });
    },
  };
}

/** Opens a page, and sends its form. */
export async function sendForm(client: HttpClient, path: string, field: string, value: string): Promise<Response> {
  return (await readForm(client, path, field)).send(client, value);
}
