import { describe, expect, it } from "vitest";

import { readSource, sourceFiles } from "../support/source-files";

/** Each `uses:` of a workflow that names what others can change. */
function movableActions(workflow: string): string[] {
  const used = [...workflow.matchAll(/^\s*(?:-\s+)?uses:\s*(\S+)/gm)].map(([, action = ""]) => action);
  return used.filter((action) => !action.startsWith("./") && !/@[0-9a-f]{40}$/.test(action));
}

describe("the workflows", () => {
  it("are there, and name each action by its commit (A102)", () => {
    const workflows = sourceFiles(/^\.github\/workflows\/.+\.ya?ml$/);

    expect(workflows).not.toEqual([]);
    expect(workflows.flatMap((path) => movableActions(readSource(path)))).toEqual([]);
  });

  it.each([
    "actions/checkout@v4",
    "actions/checkout@main",
    "actions/checkout",
    "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af68",
  ])("would be found with %s", (action) => {
    expect(movableActions(`    steps:\n      - uses: ${action}\n`)).toEqual([action]);
  });

  it("get a token that can only read, and leave none behind", () => {
    for (const path of sourceFiles(/^\.github\/workflows\//)) {
      const workflow = readSource(path);
      expect(workflow).toMatch(/^permissions:\n {2}contents: read$/m);
      expect(workflow).toContain("persist-credentials: false");
      expect(workflow).not.toMatch(/pull_request_target|secrets\./);
    }
  });
});

describe("the image", () => {
  const dockerfile = readSource("Dockerfile");
  const instructions = [...dockerfile.matchAll(/^([A-Z]+) (.*)$/gm)].map(([, name = "", rest = ""]) => [name, rest]);
  const of = (wanted: string) => instructions.filter(([name]) => name === wanted).map(([, rest]) => rest);

  it("is made from a supported line of Node", () => {
    expect(of("ARG")).toEqual([
      expect.stringMatching(/^NODE_IMAGE=node:(?:22|24)-bookworm-slim(?:@sha256:[0-9a-f]{64})?$/),
    ]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Docker's own placeholder.
    expect(of("FROM")).toEqual(["${NODE_IMAGE} AS build", "${NODE_IMAGE}"]);
  });

  it("runs the server as somebody who owns nothing in it, and says whether it is well", () => {
    expect(of("USER")).toEqual(["node"]);
    expect(dockerfile.indexOf("\nUSER node")).toBeGreaterThan(dockerfile.lastIndexOf("\nCOPY"));
    expect(dockerfile).not.toContain("--chown");
    expect(dockerfile).toMatch(/^HEALTHCHECK [\s\S]*?\/healthz/m);
    expect(of("CMD").at(-1)).toBe('["node", ".next/latchkey-server.mjs"]');
  });

  it("gets no secret and nothing of this machine's", () => {
    const ignored = readSource(".dockerignore").split("\n");

    expect(ignored).toEqual(expect.arrayContaining([".git", ".env*", ".data", "node_modules", ".next"]));
    expect(
      instructions.filter(([name, rest]) => name === "ENV" && /SECRET|PASSWORD|DATABASE_URL/.test(rest ?? "")),
    ).toEqual([]);
  });
});
