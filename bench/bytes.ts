import { gzipSync } from "node:zlib";

import type { ReadyApp } from "./scenarios";

/** What a page has a browser load before anything is pressed. */
export interface BytesRow {
  readonly name: string;
  readonly page: string;
  /** All scripts of the page, each by itself, as gzip makes them. */
  readonly scriptBytes: number;
  /** Beyond the bare app's page. */
  readonly scriptBytesAdded: number;
  readonly styleBytes: number;
  readonly htmlBytes: number;
}

/** Latchkey's own pages, beside the one that all applications have. */
const LATCHKEY_PAGES = ["/sign-in", "/sign-up", "/dashboard"];

/** Scripts and styles that the page itself names: what it loads later, when it is used, is not among them. */
export async function measureBytes(apps: readonly ReadyApp[]): Promise<BytesRow[]> {
  const rows: BytesRow[] = [];
  for (const { app, cookie } of apps) {
    const { id, name, paths } = app.contestant;
    for (const page of [paths.page, ...(id === "latchkey" ? LATCHKEY_PAGES : [])]) {
      const signedIn = page === "/sign-in" || page === "/sign-up" ? null : cookie;
      rows.push({ name, page, ...(await weigh(app.origin, page, signedIn)), scriptBytesAdded: 0 });
    }
  }
  const [bare] = rows;
  return rows.map((row) => ({ ...row, scriptBytesAdded: row.scriptBytes - (bare?.scriptBytes ?? 0) }));
}

async function weigh(
  origin: string,
  page: string,
  cookie: string | null,
): Promise<Pick<BytesRow, "scriptBytes" | "styleBytes" | "htmlBytes">> {
  const response = await fetch(origin + page, { headers: cookie === null ? {} : { cookie }, redirect: "error" });
  const html = await response.text();
  // `nomodule` is for browsers that load none of the others.
  const scripts = [...html.matchAll(/<script(?![^>]*nomodule)[^>]*\ssrc="([^"]+)"/gi)].map(([, src = ""]) => src);
  const styles = [...html.matchAll(/<link[^>]*rel="stylesheet"[^>]*\shref="([^"]+)"/gi)].map(([, href = ""]) => href);
  return {
    scriptBytes: await sumOf(origin, scripts),
    styleBytes: await sumOf(origin, styles),
    htmlBytes: gzipSync(html).length,
  };
}

async function sumOf(origin: string, sources: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    [...new Set(sources)].map(async (source) => {
      const response = await fetch(new URL(source.replaceAll("&amp;", "&"), origin));
      return gzipSync(Buffer.from(await response.arrayBuffer())).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
