import { expect, it } from "vitest";

import { readSource, sourceFiles } from "../support/source-files";

/** What can't stand in a gallery, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "arrival-message": "takes the focus as soon as it is there; its look is FormMessage's",
  "broken-page": "a page of its own, with its own <main>: throw in a page to see it",
  "component-words": "shows nothing: it gives the others their words",
  "filled-sentence": "shows nothing of its own: it is a sentence",
  "plain-page": "a page of its own, with its own <main>: /no/such/page",
};

it("every component is to be seen at /dev/components", () => {
  const gallery = sourceFiles(/^app\/dev\/components\/.*\.tsx$/)
    .map(readSource)
    .join("\n");
  const components = sourceFiles(/^components\/.*\.tsx$/).map((path) => path.slice("components/".length, -4));
  const missing = components.filter((name) => !gallery.includes(`"@/components/${name}"`) && !(name in ELSEWHERE));

  expect(missing).toEqual([]);
  expect(Object.keys(ELSEWHERE).filter((name) => !components.includes(name))).toEqual([]);
});
